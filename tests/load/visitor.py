"""A visitor without a browser: Streamlit's stream and the player's line, as a page of the app opens them."""

import asyncio
import json
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect

PLAYER = "sigmascope_player"
WIDGET = "scene:"
PATIENCE = 60.0
"""Seconds after which a visitor gives up."""


class Visitor:
    """One session at a server. url: of the server, `http://...`; query: the address of the scene, without `?`."""

    def __init__(self, url: str, query: str) -> None:
        self._at, self._query = url.replace("http", "ws", 1), query
        self._session = ""
        self._numbers: dict[str, WidgetState] = {}
        self._player: dict[str, Any] = {}
        self._player_id = ""
        self._tasks: list[asyncio.Task[None]] = []
        self._finished, self._pictured = asyncio.Event(), asyncio.Event()
        self.picture: dict[str, Any] = {}
        self.exceptions: list[str] = []

    async def __aenter__(self) -> Self:
        await self.join()
        return self

    async def __aexit__(self, _: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None):
        await self.leave()

    async def join(self) -> None:
        """Open the page and its line, as one who came before does where the session is known; wait for the picture."""
        names = ["streamlit", "-", self._session] if self._session else ["streamlit"]
        self._stream = await _connected(f"{self._at}/_stcore/stream", names)
        self._tasks = [asyncio.create_task(self._read_stream())]
        await self._run()
        self._line = await _connected(f"{self._at}/{self._player['line']}", ["sigmascope", self._player["token"]])
        self._pictured.clear()
        self._tasks.append(asyncio.create_task(self._read_line()))
        await asyncio.wait_for(self._pictured.wait(), PATIENCE)

    async def leave(self) -> None:
        """Close both, as a browser does that is gone."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(OSError):
            await asyncio.gather(self._stream.close(), self._line.close())

    async def set(self, name: str, value: float) -> None:
        """Type a number into the control of a field; return when its picture is here and the page is whole."""
        state = self._numbers[name]
        state.double_value = value
        await self._change()

    async def tell(self, name: str, value: Any) -> None:
        """Tell the page what the player tells it; return likewise."""
        events = [{"event": name, "value": value}]
        trigger = f"$$STREAMLIT_INTERNAL_KEY_{self._player_id}__events"
        await self._change(
            WidgetState(id=self._player_id, json_value="{}"),
            WidgetState(id=trigger, json_trigger_value=json.dumps(events)),
        )

    async def hold(self, **numbers: float) -> None:
        """Hold numbers of the scene elsewhere, as while a slider is dragged; return when the preview is here."""
        self._pictured.clear()
        await self._line.send(json.dumps(numbers))
        await asyncio.wait_for(self._pictured.wait(), PATIENCE)

    async def _change(self, *more: WidgetState) -> None:
        self._pictured.clear()
        await self._run(*more)
        await asyncio.wait_for(self._pictured.wait(), PATIENCE)

    async def _run(self, *more: WidgetState) -> None:
        self._finished.clear()
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.widget_states.CopyFrom(WidgetStates(widgets=[*self._numbers.values(), *more]))
        message.rerun_script.context_info.locale = "en-GB"
        await self._stream.send(message.SerializeToString())
        await asyncio.wait_for(self._finished.wait(), PATIENCE)

    async def _read_stream(self) -> None:
        async for data in self._stream:
            message = ForwardMsg.FromString(data)  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._session = message.new_session.initialize.session_id
            elif kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "delta" and message.delta.HasField("new_element"):
                self._take_in(message.delta.new_element)
            elif kind == "script_finished":
                self._finished.set()

    def _take_in(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        if kind == "bidi_component" and element.bidi_component.component_name.endswith(PLAYER):
            self._player, self._player_id = json.loads(element.bidi_component.json), element.bidi_component.id
        elif kind == "number_input" and WIDGET in element.number_input.id:
            shown = element.number_input
            state = WidgetState(id=shown.id, double_value=shown.value if shown.set_value else shown.default)
            self._numbers.setdefault(shown.id.partition(WIDGET)[2], state)
        elif kind == "exception":
            self.exceptions.append(element.exception.message)

    async def _read_line(self) -> None:
        async for data in self._line:
            size = int.from_bytes(data[:4], "little")  # type: ignore[arg-type]
            said = json.loads(data[4 : 4 + size])
            if "ways" in said:
                continue
            self.picture = said
            self._pictured.set()
            if not self.picture["preview"]:
                await self._line.send('{"seen": true}')


async def _connected(url: str, protocols: list[str]) -> ClientConnection:
    return await connect(url, subprotocols=protocols, max_size=None, open_timeout=PATIENCE, ping_interval=None)  # type: ignore[arg-type]

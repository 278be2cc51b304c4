"""Streamlit's own scripts, which it sends as they are: compressed here, once for everybody."""

import asyncio
import gzip
from collections.abc import MutableMapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.assets import LEVEL


class Compressed:
    """ASGI middleware; keeps what it has compressed, as many files as Streamlit has under `static/`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._known: dict[str, asyncio.Task[list[Message]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not _is_script(scope):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self._known:
            self._known[path] = asyncio.create_task(self._made(scope, receive))
        answer: list[Message] = []
        try:
            answer = await asyncio.shield(self._known[path])
        finally:
            if not answer or not _is_file(answer):
                self._known.pop(path, None)
        for message in answer:
            await send(message)

    async def _made(self, scope: Scope, receive: Receive) -> list[Message]:
        answer = await self._whole(scope, receive)
        return await run_in_threadpool(_compressed, answer) if _is_file(answer) else answer

    async def _whole(self, scope: Scope, receive: Receive) -> list[Message]:
        """Return Streamlit's answer, the whole file."""
        answer: list[Message] = []

        async def keep(message: MutableMapping[str, Any]) -> None:
            answer.append(message)

        plain = [(name, value) for name, value in scope["headers"] if name not in CONDITIONS]
        await self._app({**scope, "headers": plain}, receive, keep)
        return answer


CONDITIONS = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")


def _is_script(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or "/static/" not in scope["path"]:
        return False
    return "gzip" in Headers(scope=scope).get("accept-encoding", "") and scope["path"].endswith((".js", ".css", ".svg"))


def _is_file(answer: list[Message]) -> bool:
    """Return whether it is one of Streamlit's scripts, not its page, which it sends for every address."""
    kind = Headers(raw=answer[0]["headers"]).get("content-type", "")
    return answer[0]["status"] == 200 and not kind.startswith("text/html")


def _compressed(answer: list[Message]) -> list[Message]:
    start, *parts = answer
    body = gzip.compress(b"".join(part.get("body", b"") for part in parts), LEVEL, mtime=0)
    headers = MutableHeaders(raw=list(start["headers"]))
    for name in ("etag", "last-modified", "accept-ranges"):
        if name in headers:
            del headers[name]
    headers["content-encoding"], headers["vary"] = "gzip", "Accept-Encoding"
    headers["content-length"] = str(len(body))
    return [{**start, "headers": headers.raw}, {"type": "http.response.body", "body": body}]

"""Puts a poster, a title and an icon into the pages that Streamlit sends, which are empty but for scripts."""

import gzip
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.assets import assets
from ui.first_paint.poster import PAGES, poster
from ui.limits import POSTER_QUERY
from ui.pages import LAB, LECTURE, LESSONS, NETWORK, NETWORK_LESSONS
from ui.parameters import LANG, LANGUAGES
from ui.previews import Place, head
from ui.text import TAGS

ICON = Path(__file__).parent.parent / "images" / "icon.svg"

FONT = re.compile(r'href="([^"]+[.]woff2)"')
FACE = (
    '<style>@font-face {{ font-family: "Source Sans"; font-weight: 200 900; '
    'src: url("{}"); font-display: swap; }}</style>'
)
"""The font that Streamlit's page loads before it says what for, and the name under which its client will use it."""


class FirstPaint:
    """ASGI middleware; what is no page passes through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or _name(scope) not in PAGES:
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name not in ASKS_FOR_LESS]
        await self._app({**scope, "headers": plain}, receive, _Page(scope, send).send)


ASKS_FOR_LESS = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
"""What is not asked of Streamlit: less than a whole page, readable."""


class _Page:
    """Waits for the whole of a page, and sends it with what is put into it."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_all(self._start)

    async def _send_all(self, start: Message) -> None:
        headers = MutableHeaders(raw=list(start["headers"]))
        asked = Headers(scope=self._scope)
        body = await run_in_threadpool(
            filled,
            self._body.decode(),
            _name(self._scope),
            self._scope["query_string"],
            asked,
            Place.of(self._scope, asked),
        )
        file = body.encode() if self._scope["method"] == "GET" else b""
        for name in ("etag", "last-modified", "content-length"):
            if name in headers:
                del headers[name]
        headers["vary"] = "Accept-Encoding, Accept-Language"
        if file and "gzip" in Headers(scope=self._scope).get("accept-encoding", ""):
            file, headers["content-encoding"] = gzip.compress(file, 6), "gzip"
        if file:
            headers["content-length"] = str(len(file))
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": file})


def _is_page(start: Message) -> bool:
    return start["status"] == 200 and Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


def _name(scope: Scope) -> str:
    """Return the last part of an address's path, which names a page."""
    name: str = scope["path"].rstrip("/").rpartition("/")[2]
    return name if scope["path"].count("/") <= DEEPEST else "?"


DEEPEST = 4
"""Parts of a path above which it is no page's."""


def filled(page: str, name: str, query_string: bytes, headers: Mapping[str, str], place: Place | None = None) -> str:
    """Return Streamlit's page with the title, the icon, the language and the poster of the page that is asked for.

    place: where it is asked for, if that is known.
    """
    if len(query_string) > POSTER_QUERY:
        return page
    query = dict(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True))
    code = _language(query, headers.get("accept-language", ""))
    made = poster(name, query, code)
    font = FONT.search(page)
    told = head(place, made.asks, query, code, name)
    face = (FACE.format(font[1]) if font else "") + (_preloads() if PAGES[name] in PLAYING else "")
    changes = {
        '<html lang="en">': f'<html lang="{TAGS[code]}">',
        "<title>Streamlit</title>": f"<title>{escape(made.title)}</title>{face}{told}",
        'href="./favicon.png"': f'href="{_icon()}"',
        '<div id="root">': f'{made.html}<div id="root">',
    }
    for there, instead in changes.items():
        page = page.replace(there, instead, 1)
    return page


def _language(query: Mapping[str, str], accepted: str) -> str:
    first = accepted.partition(",")[0].partition("-")[0].strip().lower()
    return next((code for code in (query.get(LANG.name), first) if code in LANGUAGES), "en")


PLAYING = (LAB, LECTURE, LESSONS, NETWORK, NETWORK_LESSONS)
"""The pages with a player, whose scripts a browser is to fetch while Streamlit's client starts."""


@lru_cache(maxsize=1)
def _preloads() -> str:
    """Return links to the player's modules, Plotly's first."""
    files = sorted(assets().files, key=lambda address: address != assets().plotly)
    modules = (address for address in files if address.endswith(".js"))
    return "".join(f'<link rel="modulepreload" href="./{address}">' for address in modules)


@lru_cache(maxsize=1)
def _icon() -> str:
    return "data:image/svg+xml;base64," + b64encode(ICON.read_bytes()).decode()

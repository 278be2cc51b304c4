"""Gives browsers the player's scripts and Plotly's own, from memory, at `assets/<content hash>/<name>`.

They are fetched once and stay in the browser's cache, where a component's inline script would be sent again with
every change of its data. They are compressed once, at the start; nothing is written anywhere.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from player.scripts import scripts

ROOM = "assets"
FOREVER = "public, max-age=31536000, immutable"
LEVEL = 6
"""Of gzip: higher ones take twice as long for a hundredth less."""


@dataclass(frozen=True, eq=False)
class Asset:
    """A file in memory; kind: its media type."""

    kind: str
    whole: bytes
    compressed: bytes

    def response(self, accepted: str) -> Response:
        """Return the answer to a request that accepts these encodings."""
        headers = {"cache-control": FOREVER, "vary": "Accept-Encoding", "x-content-type-options": "nosniff"}
        if "gzip" in accepted:
            return Response(self.compressed, headers=headers | {"content-encoding": "gzip"}, media_type=self.kind)
        return Response(self.whole, headers=headers, media_type=self.kind)


@dataclass(frozen=True, eq=False)
class Assets:
    """All files by their addresses below the app's root, and the two that a page names."""

    files: Mapping[str, Asset]
    player: str
    plotly: str


@lru_cache(maxsize=1)
def assets() -> Assets:
    """Return what a browser needs, read and compressed once."""
    with as_file(files("plotly") / "package_data/plotly.min.js") as plotly:
        drawing = bundle([plotly])
    playing = bundle([*scripts(), Path(__file__).with_name("connection.js")])
    (player,) = (address for address in playing if address.endswith("/player.js"))
    return Assets(playing | drawing, player, *drawing)


def bundle(sources: Iterable[Path]) -> dict[str, Asset]:
    """Return files by their addresses, in one folder that is named after all of their names and contents."""
    contents = {path.name: path.read_bytes() for path in sources}
    folder = f"{ROOM}/{_hash(contents)}"
    return {f"{folder}/{name}": _asset(name, content) for name, content in contents.items()}


def _asset(name: str, content: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(kind, content, gzip.compress(content, LEVEL, mtime=0))


def _hash(contents: dict[str, bytes]) -> str:
    digest = hashlib.blake2b(digest_size=10)
    for name, content in sorted(contents.items()):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


async def _serve(request: Request) -> Response:
    asset = assets().files.get(f"{ROOM}/{request.path_params['name']}")
    if asset is None:
        return Response("Not found", 404)
    return asset.response(request.headers.get("accept-encoding", ""))


def asset_routes() -> list[Route]:
    """Return what the server has to know to give the files away."""
    assets()
    return [Route(server_path(ROOM, "{name:path}"), _serve)]


LINE = "line"
"""Address of the players' lines, below the app's root."""


def server_path(*names: str) -> str:
    """Return the address below the server's root of what `names` lead to."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return "/".join(["", *([base] if base else []), *names])

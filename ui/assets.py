"""Puts the player's scripts and Plotly's own where Streamlit serves them: `static/<content hash>/`.

They are fetched once and stay in the browser's cache, where a component's inline script would be sent again with
every change of its data. `python -m ui.assets` publishes ahead of time, for a file system that is read-only later.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import streamlit as st

from player.scripts import scripts

STATIC = Path(__file__).parent.parent / "static"
LONG_AGO = 946_684_800
"""The date of every published file, 2000-01-01: browsers keep longer what has not changed for long."""


@dataclass(frozen=True)
class Assets:
    """Addresses below the server's root: the player's main module, and Plotly's script."""

    player: str
    plotly: str


@lru_cache(maxsize=1)
def assets() -> Assets:
    """Publish what the browser needs, unless it is there, and return its addresses."""
    with as_file(files("plotly") / "package_data/plotly.min.js") as plotly:
        plotly_folder = publish([plotly], STATIC)
    return Assets(_served(publish(scripts(), STATIC) / "player.js"), _served(plotly_folder / plotly.name))


def _served(path: Path) -> str:
    return server_path("app", "static", *path.relative_to(STATIC).parts)


def publish(sources: Iterable[Path], static: Path) -> Path:
    """Copy files into one folder of `static`, named after their names and contents, and return that folder.

    The folder appears complete or not at all, however many processes publish it at once. Raises OSError if it
    is missing and cannot be written.
    """
    contents = {path.name: path.read_bytes() for path in sources}
    folder = static / _hash(contents)
    if not folder.is_dir():
        static.mkdir(exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=static))
        try:
            _write(contents, draft)
            draft.replace(folder)
        except OSError:
            if not folder.is_dir():
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return folder


def _write(contents: dict[str, bytes], folder: Path) -> None:
    folder.chmod(0o755)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
        os.utime(folder / name, (LONG_AGO, LONG_AGO))


def _hash(contents: dict[str, bytes]) -> str:
    digest = hashlib.blake2b(digest_size=10)
    for name, content in sorted(contents.items()):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def line_path() -> str:
    """Return the address below the server's root at which the players' lines are."""
    return server_path("line")


def server_path(*names: str) -> str:
    """Return the address below the server's root of what `names` lead to."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return "/".join(["", *([base] if base else []), *names])


if __name__ == "__main__":
    assets()

"""The command: open the lab, open a scene, or make a file of one."""

import argparse
import sys
import threading
import time
import urllib.request
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from sigmascope.render import KINDS, RenderError, rendered
from sigmascope.scenes import name_of, parts_of, read
from ui.pages import PAGES

APP = Path(__file__).with_name("app.py")
PORT = 8501
NAMES = frozenset(page.name for page in PAGES)
PATIENCE = 60.0
"""Seconds that a browser waits for the server to answer."""

EXAMPLES = """examples:
  sigmascope
  sigmascope "surface=rosenbrock&a=adam&a.lr=0.02"
  sigmascope render "surface=valley&a=adagrad" -o valley.html
  sigmascope render "https://example.org/lecture?chapter=4" -o chapter.html
  sigmascope render "network?a=adam&a.lr=0.003" -o network.gif
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what a command line says; return 0, or 2 where it cannot be done, which is said in one sentence."""
    said = list(sys.argv[1:] if arguments is None else arguments)
    if said[:1] == ["render"]:
        return _render(said[1:])
    return _open(said)


def _open(said: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        "sigmascope",
        description="See why gradient descent behaves as it does: opens the lab, or the scene of a link.",
        epilog=EXAMPLES + "\nsigmascope render --help tells how to make a file of a scene.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("link", nargs="?", default="", help="of a scene, or the part of one behind its question mark")
    parser.add_argument("--port", type=int, default=PORT, help=f"where the server listens on this machine ({PORT})")
    parser.add_argument("--no-browser", action="store_true", help="start the server, and say where it is")
    options = parser.parse_args(said)
    for note in read(options.link).notes:
        sys.stderr.write(f"{note}\n")
    address = f"http://localhost:{options.port}/{_beyond(options.link)}"
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    if not options.no_browser:
        threading.Thread(target=_show, args=(address, options.port), daemon=True).start()
    return serve(options.port)


def serve(port: int) -> int:
    """Serve the app on a port of this machine until it is interrupted."""
    from streamlit.web import cli

    sys.argv = ["streamlit", "run", str(APP if APP.exists() else APP.parent.parent / APP.name)]
    sys.argv += ["--server.headless=true", f"--server.port={port}", "--logger.hideWelcomeMessage=true"]
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _beyond(link: str) -> str:
    """Return the path and the query that a link has beyond the root of the app."""
    parts = parts_of(link)
    if not (parts.scheme and parts.netloc) and "?" not in link:
        return f"?{link}" if link else ""
    name = name_of(parts)
    return (name if name in NAMES else "") + (f"?{parts.query}" if parts.query else "")


def _show(address: str, port: int) -> None:
    """Open a browser as soon as the server answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.2)


def _render(said: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        "sigmascope render",
        description="Make a file of a scene; what it is follows from its name: " + ", ".join(KINDS) + ".",
    )
    parser.add_argument("link", help="of a scene, or the part of one behind its question mark")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
    parser.add_argument("--seconds", type=float, default=10.0, help="of a film (10)")
    parser.add_argument("--size", default="720p", help="of a film or a picture: 720p, 1080p, for a picture also 2160p")
    parser.add_argument("--silent", action="store_true", help="leave the words out of a film or a picture")
    options = parser.parse_args(said)
    link = read(options.link)
    for note in link.notes:
        sys.stderr.write(f"{note}\n")
    try:
        data = rendered(link, options.output.suffix, options.seconds, options.size, not options.silent)
        options.output.write_bytes(data)
    except (RenderError, OSError) as error:
        sys.stderr.write(f"sigmascope render: {error}\n")
        return 2
    return 0

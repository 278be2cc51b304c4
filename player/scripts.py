"""The files of which the player consists in a browser."""

from pathlib import Path

FOLDER = Path(__file__).parent


def scripts() -> list[Path]:
    """Return its modules and its style sheet, in a fixed order; `player.js` is the module to begin with."""
    return sorted([*FOLDER.glob("js/*.js"), FOLDER / "player.css"])

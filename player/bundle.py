"""The player's modules as one script: a page that is opened from a file may not import any."""

import re
from functools import lru_cache
from graphlib import TopologicalSorter
from pathlib import Path

IMPORT = re.compile(r'^import \{ ?([^}]*?) ?\} from "([^"]+)"\n', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?(?:function|class|const) (\w+))", re.MULTILINE)


@lru_cache(maxsize=4)
def one_script(entry: Path) -> str:
    """Return a module and all that it imports as one module without imports.

    entry: imports named values from relative addresses, as all of the player's modules do. Each module becomes a
    function's inside, so that equal names in two of them stay apart. Raises graphlib.CycleError for a ring of imports.
    """
    texts: dict[Path, str] = {}
    _read(entry.resolve(), texts)
    order = TopologicalSorter({path: set(_imported(path, text)) for path, text in texts.items()}).static_order()
    return "\n".join(_inside(path, texts[path], is_last=path == entry.resolve()) for path in order)


def _read(path: Path, texts: dict[Path, str]) -> None:
    if path not in texts:
        texts[path] = path.read_text(encoding="utf-8")
        for imported in _imported(path, texts[path]):
            _read(imported, texts)


def _imported(path: Path, text: str) -> list[Path]:
    return [(path.parent / address).resolve() for _, address in IMPORT.findall(text)]


def _inside(path: Path, text: str, is_last: bool) -> str:
    def values(found: re.Match[str]) -> str:
        return f"const {{ {found[1]} }} = {_name((path.parent / found[2]).resolve())}\n"

    names = [name for _, name in EXPORT.findall(text)]
    body = EXPORT.sub(r"\1", IMPORT.sub(values, text))
    if is_last:
        return f"{{\n{body}}}"
    return f"const {_name(path)} = (() => {{\n{body}return {{ {', '.join(names)} }}\n}})()"


def _name(path: Path) -> str:
    return f"module_{path.stem}"

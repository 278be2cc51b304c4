"""Builds the wheel: all rooms of the house go into one package, `sigmascope`, and their imports say so.

In the repository the rooms are packages of their own (`engine`, `surfaces`, `pages`); in somebody's environment such
names belong to that person. So the wheel is built from a copy in which `from engine.url import decode` reads
`from sigmascope.engine.url import decode`. The build itself is setuptools'.
"""

import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from setuptools import build_meta

ROOT = Path(__file__).parent.parent
PACKAGE = "sigmascope"
NOT_INSTALLED = {"tests", "benchmarks", "docs", "install", "build", "dist"}
BESIDE = ("app.py", "lab.py", "pages", "locales", ".streamlit")
"""What else is installed: the scripts of the pages, the languages, Streamlit's settings."""

SOURCES = ("pyproject.toml", "requirements.txt", "README.md", "LICENSE", "CITATION.cff", "install")
SETTINGS = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[tool.setuptools.packages.find]
include = ["sigmascope*"]

[tool.setuptools.dynamic]
dependencies = {file = "requirements.txt"}

[tool.setuptools.package-data]
"*" = ["**/*"]
sigmascope = ["**/*", ".streamlit/*"]
"""


def rooms(root: Path = ROOT) -> list[str]:
    """Return the names of the packages of the repository that are installed, the outer one left out."""
    found = {path.parent.name for path in root.glob("*/__init__.py")} - NOT_INSTALLED - {PACKAGE}
    return sorted(found)


def inside(text: str, names: list[str]) -> str:
    """Return a module's text with the imports of rooms from within the package.

    Raises ValueError for an import of a whole room, which would bind another name.
    """
    room = "|".join(names)
    whole = re.search(rf"^\s*import ({room})\b", text, re.MULTILINE)
    if whole:
        raise ValueError(f"{whole[0].strip()}: a room is imported from, not as a whole")
    return re.sub(rf"^(\s*)from ({room})(?=[.\s])", rf"\1from {PACKAGE}.\2", text, flags=re.MULTILINE)


@contextmanager
def _staged() -> Iterator[None]:
    """Work in a copy of the repository in which everything is one package."""
    names, before = rooms(), Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
        shutil.copytree(ROOT / PACKAGE, stage / PACKAGE, ignore=ignored)
        for name in (*names, *BESIDE):
            source, target = ROOT / name, stage / PACKAGE / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=ignored)
            else:
                shutil.copy(source, target)
        for path in (stage / PACKAGE).rglob("*.py"):
            path.write_text(inside(path.read_text(encoding="utf-8"), names), encoding="utf-8")
        for name in ("requirements.txt", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, stage / name)
        project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\n[tool.")[0]
        described = project.partition("[project]")
        (stage / "pyproject.toml").write_text(f"{SETTINGS}\n[project]{described[2]}\n", encoding="utf-8")
        os.chdir(stage)
        try:
            yield
        finally:
            os.chdir(before)


def build_wheel(directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """Build the wheel into a folder; return its name (PEP 517)."""
    target = str(Path(directory).resolve())
    with _staged():
        return str(build_meta.build_wheel(target, config_settings, metadata_directory))


def build_sdist(directory: str, _: Any = None) -> str:
    """Pack what a wheel is built from; return the file's name (PEP 517)."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (version,) = re.findall(r'^version = "([^"]+)"', project, re.MULTILINE)
    base = f"{PACKAGE}-{version}"
    with tarfile.open(Path(directory) / f"{base}.tar.gz", "w:gz") as packed:
        for name in (*SOURCES, PACKAGE, *rooms(), *BESIDE):
            packed.add(ROOT / name, f"{base}/{name}", filter=_without_caches)
        about = Path(directory) / "PKG-INFO"
        about.write_text(f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: {version}\n")
        packed.add(about, f"{base}/PKG-INFO")
        about.unlink()
    return f"{base}.tar.gz"


def _without_caches(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if "__pycache__" in member.name else member

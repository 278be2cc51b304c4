"""Which tests a mutant of a room runs against: the most telling first."""

from pathlib import Path

ROOT = Path(__file__).parents[2]

ROOMS: dict[str, tuple[str, ...]] = {
    "engine": (
        "tests/engine",
        "tests/explain",
        "tests/ensembles",
        "tests/charts/test_landscape.py",
        "tests/charts/test_charts.py",
    ),
    "spec": (
        "tests/spec",
        "tests/test_entry_contract.py",
        "tests/engine/test_url.py",
        "tests/schedules",
        "tests/ensembles/test_sweep.py",
        "tests/export",
    ),
    "xp": (
        "tests/xp",
        "tests/engine/test_stepper.py",
        "tests/optimizers",
        "tests/golden/test_golden_optimizers.py",
        "tests/ensembles/test_ensemble.py",
    ),
    "surfaces/formula": (
        "tests/surfaces/formula",
        "tests/surfaces",
        "tests/export",
    ),
}


SLOW = (
    "test_judge.py",
    "test_ensemble.py",
    "test_sentences.py",
    "test_charts.py",
    "test_tuning.py",
    "test_snippets.py",
)
"""The files of tests that take longest, and so come last."""


def sources(room: str, root: Path = ROOT) -> list[Path]:
    """Return the files of a room, relative to the tree."""
    return sorted(path.relative_to(root) for path in (root / room).rglob("*.py"))


def room_of(path: Path) -> str:
    """Return the room that a file is in."""
    return next(room for room in ROOMS if path.is_relative_to(room))


def files_for(path: Path, root: Path = ROOT) -> list[str]:
    """Return the test files of a mutant in `path`: quick ones first, and of those the ones that import it."""
    files: list[Path] = []
    for place in ROOMS[room_of(path)]:
        files += [root / place] if place.endswith(".py") else sorted((root / place).rglob("test_*.py"))
    module = ".".join(path.with_suffix("").parts)
    telling = sorted(dict.fromkeys(files), key=lambda f: (f.name in SLOW, not _imports(f.read_text(), module)))
    return [str(file.relative_to(root)) for file in telling]


def _imports(text: str, module: str) -> bool:
    package, _, name = module.rpartition(".")
    return f"{module} import" in text or f"{package} import {name}" in text

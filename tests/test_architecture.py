"""The house: imports run one way, Streamlit and Plotly stay in their rooms, a newcomer adds one file."""

import ast
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = [
    {"spec", "xp", "player"},
    {"surfaces", "optimizers", "schedules"},
    {"engine"},
    {"ensembles", "explain", "network"},
    {"charts"},
    {"export"},
    {"ui"},
    {"pages"},
    {"sigmascope"},
]
"""The rooms, from the ground up: a room imports from the floors below its own."""

BESIDE = {"player": {"spec"}, "explain": {"network"}}
"""What a room imports from its own floor."""

ROOMS = sorted(set().union(*FLOORS))
WITHOUT_PLOTLY = sorted(set().union(*FLOORS[:4]) - {"player"})
WITHOUT_STREAMLIT = sorted(set().union(*FLOORS[:6]))
NEEDS_NOTHING_OF_OURS = {"spec", "xp"}


def below(room):
    floor = next(number for number, rooms in enumerate(FLOORS) if room in rooms)
    return set().union(*FLOORS[:floor], BESIDE.get(room, set()), {room})


def files(package):
    return sorted((ROOT / package).rglob("*.py"))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_every_room_stands_on_a_floor():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} | {"pages"}
    assert packages - {"tests", "benchmarks"} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way(room):
    allowed = {room} if room in NEEDS_NOTHING_OF_OURS else below(room)
    for path in files(room):
        assert not set(imported(path)) & set(ROOMS) - allowed, path


@pytest.mark.parametrize("room", WITHOUT_PLOTLY)
def test_what_is_below_the_charts_knows_no_plotly(room):
    for path in files(room):
        assert "plotly" not in set(imported(path)), path


@pytest.mark.parametrize("room", WITHOUT_STREAMLIT)
def test_what_is_below_the_pages_knows_no_streamlit(room):
    for path in files(room):
        assert "streamlit" not in set(imported(path)), path


def test_the_core_runs_without_streamlit_and_plotly():
    code = (
        "import sys; sys.modules.update(streamlit=None, plotly=None)\n"
        "from engine.presets import DEFAULT_SCENE\n"
        "from engine.simulate import simulate\n"
        "print(*(t.outcome.sentence for t in simulate(DEFAULT_SCENE)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "still moving after 1000 updates" in done.stdout


TOYS = {"rule": "optimizers", "surface": "surfaces", "schedule": "schedules"}
"""The awkward entries of tests/toys, and the catalogues that they are to be in."""

ASKED_OF_ENTRIES = """
tests/test_entry_contract.py tests/test_translations.py tests/optimizers/test_optimizer_contract.py
tests/surfaces/test_surface_contract.py tests/surfaces/test_surface_batches.py tests/surfaces/test_surface_numbers.py
tests/schedules tests/engine/test_stepper.py tests/engine/test_simulate.py tests/engine/test_suggest.py
tests/engine/test_fields.py tests/engine/test_url.py tests/ensembles/test_ensemble.py tests/xp/test_factors.py
tests/explain tests/charts/test_landscape.py tests/charts/test_surface_3d.py tests/charts/test_phase.py
tests/export/test_snippets.py tests/ui/test_catalogue.py tests/toys/pages.py
tests/ui/test_pages.py::test_every_try_it_link_opens_in_the_lab
"""


@pytest.fixture(scope="module")
def house_with_toys(tmp_path_factory):
    """A copy of the house with one new file in each catalogue, and nothing else."""
    house = tmp_path_factory.mktemp("toys") / "house"
    copytree(ROOT, house, ignore=ignore_patterns(".git", ".venv", "static", "__pycache__", ".*_cache"))
    for toy, catalogue in TOYS.items():
        (house / "tests" / "toys" / f"{toy}.py").rename(house / catalogue / f"toy_{toy}.py")
    return house


def test_one_new_file_adds_an_entry_everywhere(house_with_toys):
    """Whatever is asked of every entry is asked of the toys; what they lack is listed, and nothing fails."""
    plugins = ["-p", "tests.toys.only_toys", "-p", "no:cacheprovider", "-p", "no:xdist"]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, *ASKED_OF_ENTRIES.split()]
    done = subprocess.run(command, cwd=house_with_toys, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for lack in (
        "Text to translate into zh: Toy rule",
        "Text to translate into zh: Takes every other update shorter.",
        "freeze_defaults`: optimizer toy-rule",
        "freeze_defaults`: schedule toy-schedule",
        "Schedule to work by hand: toy-schedule",
        "Surface to write the critical points of a second time: toy-surface",
    ):
        assert lack in done.stdout

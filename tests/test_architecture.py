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
    {"ensembles", "explain"},
    {"charts"},
    {"export"},
    {"ui"},
    {"pages"},
]
"""The rooms, from the ground up: a room imports from the floors below its own."""

BESIDE = {"player": {"spec"}}
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


TOY = '''
from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import Optimizer
from spec.catalogue import Source
from spec.knobs import Real, knob


class Nothing(NamedTuple):
    """No state."""


@dataclass(frozen=True)
class Toy(Optimizer):
    """Takes a share of the gradient.

        m = share g, sigma = 1
    """

    slug = "toy"
    title = "Toy"
    latex = r"m_t = s\\, g_t"
    year = 2026
    source = Source("This test")
    step_unit = "gradient"

    share: float = knob(0.5, Real(symbol="s", help="Share.", low=0.0, high=1.0))

    def init(self, zero):
        return Nothing()

    def update(self, g, state, t, lr, xp):
        return self.share * g, 1.0, state
'''

USE_TOY = """
from streamlit.testing.v1 import AppTest
from engine.url import decode
from engine.simulate import simulate

scenario, notes = decode({"surface": "rosenbrock", "a": "toy", "a.share": "0.25", "a.lr": "0.001", "steps": "100"})
assert not notes and scenario.runs[0].optimizer.share == 0.25
assert simulate(scenario)[0].loss[-1] < simulate(scenario)[0].loss[0]

page = AppTest.from_file("lab.py", default_timeout=60)
page.query_params["a"] = "toy"
page.run()
assert not page.exception, page.exception
assert page.selectbox(key="choose:a").value == "toy"
assert page.number_input(key="scene:a.share").value == 0.5

reference = page.switch_page("pages/catalogue.py").run()
assert not reference.exception, reference.exception
assert any("Toy" in heading.value for heading in reference.header)
print("toy in lab, address and catalogue")
"""


def test_one_new_file_adds_an_optimizer_everywhere(tmp_path):
    house = tmp_path / "house"
    copytree(ROOT, house, ignore=ignore_patterns(".git", ".venv", "tests", "static", "__pycache__", ".*_cache"))
    (house / "optimizers" / "toy.py").write_text(TOY)
    command = [sys.executable, "-c", USE_TOY]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    assert "toy in lab, address and catalogue" in done.stdout, done.stderr

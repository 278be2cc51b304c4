"""The house: imports run one way, Streamlit and Plotly stay in their rooms, a newcomer adds one file."""

import ast
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

ROOT = Path(__file__).parent.parent
LEVELS = {"spec": 0, "surfaces": 1, "optimizers": 1, "schedules": 1, "engine": 2, "charts": 3, "ui": 4, "pages": 5}
CORE = [name for name, level in LEVELS.items() if level <= 2]


def files(package):
    return sorted((ROOT / package).rglob("*.py"))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", LEVELS)
def test_imports_run_one_way(package):
    for path in files(package):
        for name in imported(path):
            assert name == package or LEVELS.get(name, -1) < LEVELS[package], f"{path.name} imports {name}"


@pytest.mark.parametrize("package", [*CORE, "charts"])
def test_the_core_knows_neither_streamlit_nor_plotly(package):
    banned = {"streamlit"} if package == "charts" else {"streamlit", "plotly"}
    for path in files(package):
        assert banned.isdisjoint(imported(path)), path


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
"""A toy: half of every gradient."""

from dataclasses import dataclass
from typing import NamedTuple

from optimizers.base import Optimizer
from spec.catalogue import Source
from spec.knobs import Real, knob


class Nothing(NamedTuple):
    """No state."""


@dataclass(frozen=True)
class Toy(Optimizer):
    """m = share g, sigma = 1."""

    slug = "toy"
    title = "Toy"
    summary = "Takes a share of the gradient."
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

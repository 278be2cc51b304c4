"""The house of the scripts: what each of them may know."""

import re

import pytest

from player.scripts import scripts

MODULES = {path.name: path.read_text() for path in scripts() if path.suffix == ".js"}

PLOTLYS_OWN = re.compile(
    r"\._[a-z]+|\b_(offset|length|size|plots|scene|id)\b|\b(glplot|cameraParams|dataScale|getCamera)\b"
    r"|\b[cdlpr]2[cdlpr]\b|\bPlotly\.\w|svg-container|main-svg|nsewdrag|plotly_|clipRect"
)
"""Functions, private fields, events and elements of Plotly's."""


def code(name):
    """A module without its comments."""
    return re.sub(r"^\s*//.*$|\s// .*$", "", MODULES[name], flags=re.MULTILINE)


def test_plotly_is_known_in_one_module():
    assert [name for name in MODULES if PLOTLYS_OWN.search(code(name))] == ["plotly.js"]
    for words in ("plot._fullLayout", "({ _offset }) => 1", "globalThis.Plotly.react()", "axis.d2p(1)", ".nsewdrag"):
        assert PLOTLYS_OWN.search(words)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_is_for_and_is_short(name):
    lines = MODULES[name].splitlines()
    assert lines[0].startswith("// ")
    assert len(lines) <= 200

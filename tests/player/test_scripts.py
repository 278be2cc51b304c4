"""The house of the scripts: what each of them may know."""

import re
from typing import get_args

import pytest

from charts.views import CHARTS
from player.contract import Kind
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


NAMES = {*CHARTS, *get_args(Kind)}
CALLED_BY_NAME = re.compile(
    rf"[\"'`]({'|'.join(sorted(NAMES))})\b|(?<!update)\.({'|'.join(sorted(NAMES - {'time', 'space'}))})\b(?!\()"
)
"""A chart or a kind that is asked for by its name; the clock has a time, the keyboard a space, an update its sigma."""


def test_no_chart_and_no_kind_is_called_by_its_name():
    for words in ('panels.get("map")', "figures.map", "kind === 'space'", "figures.surface_3d.data"):
        assert CALLED_BY_NAME.search(words)
    assert not CALLED_BY_NAME.search("list.map(f)")
    assert [name for name in MODULES if CALLED_BY_NAME.search(code(name))] == []


def test_one_module_knows_sockets_and_none_knows_the_page_s_maker():
    assert [name for name in MODULES if re.search("socket", code(name), re.IGNORECASE)] == ["line.js"]
    assert [name for name in MODULES if re.search(r"\bfetch\(|XMLHttpRequest|EventSource", code(name))] == []
    assert [name for name in MODULES if re.search("streamlit|setTriggerValue|parentElement", code(name), re.I)] == []


def test_one_module_has_the_player_and_none_the_line():
    assert [name for name in MODULES if re.search(r"\b[Pp]layer\b(?!\.css)", code(name))] == ["intents.js", "player.js"]
    assert [name for name in MODULES if '"./player.js"' in MODULES[name] or '"./line.js"' in MODULES[name]] == []


def test_the_state_is_written_in_one_place():
    """Panels and bars read it; what they want goes through the intents, and to the clock."""
    writes = re.compile(
        r"\bstate\.(set|change|tell|turn|toggleRun|isolateRun|keep\w+|forget\w+|hold\w+)\(|\bstate(\.\w+)+ = "
    )
    assert writes.search("this.state.scale = 2")
    assert {name for name in MODULES if writes.search(code(name))} == {"player.js", "telling.js", "intents.js"}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_is_for_and_is_short(name):
    lines = MODULES[name].splitlines()
    assert lines[0].startswith("// ")
    assert len(lines) <= 200

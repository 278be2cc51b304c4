"""What figures say of themselves: charts, Python and JavaScript mean the same by it."""

import re
from typing import NotRequired, get_args, get_origin, get_type_hints, is_typeddict

import numpy as np
import pytest

from charts.network.views import NETWORK_CURVES, network_figures
from charts.theme import DARK
from charts.views import CHARTS
from engine.simulate import simulate
from engine.url import decode
from player.contract import (
    FigureMeta,
    Kind,
    Line,
    MovingMeta,
    TraceMeta,
    Update,
)
from player.contract import __doc__ as description
from player.scripts import FOLDER, scripts
from tests.small_network import small

SCENES = {
    "plain": {"surface": "rosenbrock", "steps": "30", "a": "gd", "a.lr": "0.001", "b": "adam", "b.lr": "0.05"},
    "decay": {"surface": "rosenbrock", "steps": "30", "a": "adamw", "a.lr": "0.05"},
    "turned": {"surface": "rosenbrock", "steps": "30", "a": "full-adagrad", "a.lr": "0.05", "b": "schedule-free-sgd"},
    "limit": {"surface": "lecture", "steps": "30", "a": "gd", "a.lr": "1e-7"},
    "network": {},
}


def figures(scene):
    if scene == "network":
        return list(network_figures(small(), ("map", *NETWORK_CURVES), DARK).values())
    scenario, _ = decode({"v": "1"} | SCENES[scene])
    runs = simulate(scenario)
    return [chart(scenario, runs, DARK) for chart in CHARTS.values()]


def metas(figure):
    return [trace["meta"] for trace in figure.data if "meta" in trace]


def fits(value, hint):
    """Whether a value is what a hint of the contract says."""
    if get_origin(hint) is np.ndarray:
        return value.dtype == get_args(get_args(hint)[1])[0]
    if get_origin(hint) is list:
        [item_hint] = get_args(hint)
        one_an_axis = is_typeddict(item_hint) or item_hint in (int, str) or len(value) == 2
        return one_an_axis and all(fits(item, item_hint) for item in value)
    if is_typeddict(hint):
        hints = get_type_hints(hint, include_extras=True)
        missing = {name for name in hint.__required_keys__ if name not in value}
        return not missing and all(name in hints and fits(value[name], hints[name]) for name in value)
    if get_origin(hint) in (list, NotRequired):
        items = value if get_origin(hint) is list else [value]
        return all(fits(item, *get_args(hint)) for item in items)
    if values := get_args(hint):
        return any(value is allowed or (isinstance(allowed, str) and value == allowed) for allowed in values)
    return isinstance(value, (int, float) if hint is float else hint)


@pytest.mark.parametrize("scene", SCENES)
def test_every_chart_s_figure_keeps_to_the_contract(scene):
    for figure in figures(scene):
        assert fits(figure.layout["meta"], FigureMeta)
        assert metas(figure)
        for meta in metas(figure):
            assert any(fits(meta, hint) for hint in get_args(TraceMeta)), meta


def test_every_field_of_the_contract_is_said_by_a_chart():
    said = {
        (hint, name)
        for scene in SCENES
        for figure in figures(scene)
        for meta in metas(figure)
        for hint in get_args(TraceMeta)
        if fits(meta, hint)
        for name in meta
    }
    assert said == {(hint, name) for hint in get_args(TraceMeta) for name in hint.__annotations__}


def test_what_does_not_keep_to_it_is_found():
    column = np.zeros(3, np.float32)
    update = {name: [column, column] for name in ("radii", "step", "m", "g", "sigma")}
    update |= dict.fromkeys(("lr", "shared"), column)
    assert fits({"run": 0, "animate": True, "update": update}, MovingMeta)
    for wrong in (
        {"run": 0, "animate": True, "update": update | {"g": [column]}},
        {"run": 0, "animate": True, "update": update | {"m": [column, column.astype(float)]}},
        {"run": 0, "animate": True, "colour": "red"},
        {"run": 0, "animate": 1},
        {"animate": True},
        {"start": False},
    ):
        assert not any(fits(wrong, hint) for hint in get_args(TraceMeta)), wrong
    assert not fits({"kind": "moon", "background": "#000"}, FigureMeta)


def read(name):
    """The fields that scripts read of what they call `name`, and the scripts that do."""
    found = {path.name: set(re.findall(rf"(?<!import\.)\b{name}\??\.(\w+)", path.read_text())) for path in scripts()}
    return {script: fields for script, fields in found.items() if fields}


def test_the_scripts_read_every_field_and_no_other_in_one_place():
    fields = {name for hint in (FigureMeta, *get_args(TraceMeta)) for name in hint.__annotations__}
    assert read("meta") == {"figure.js": fields}
    assert [path.name for path in scripts() if re.search(r"(?<!import\.)\bmeta\b", path.read_text())] == ["figure.js"]
    assert set().union(*read("update").values()) == set(get_type_hints(Update))


def test_the_kinds_are_the_same_on_both_sides():
    [table] = re.findall(r"export const KINDS = \{\n(.*?)\n\}", (FOLDER / "js" / "kinds.js").read_text(), re.DOTALL)
    assert re.findall(r"^  (\w+): \{", table, re.MULTILINE) == list(get_args(Kind))


def test_a_line_is_all_that_a_canvas_needs():
    track = (FOLDER / "js" / "track.js").read_text()
    assert set(re.findall(r"\bline\.(\w+)", track)) == set(Line.__annotations__)
    assert "js/figure.js" in description

"""A figure wears the colours of its theme and no others."""

import re
from dataclasses import fields

import pytest
from scenes import SCENES
from test_charts import EVERY_CHART, moving

from charts.theme import DARK, LIGHT

COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|rgba?\([^)]*\)")
THEMES = [(LIGHT, DARK), (DARK, LIGHT)]
CLEAR = "rgba(0,0,0,0)"


def colours_of(theme):
    values = [getattr(theme, field.name) for field in fields(theme)]
    return {colour for value in values for colour in ([value] if isinstance(value, str) else value)}


@EVERY_CHART
@pytest.mark.parametrize(("theme", "other"), THEMES, ids=["light", "dark"])
@pytest.mark.parametrize("name", ["lecture", "six", "diverging"])
def test_every_colour_is_one_of_the_theme(chart, theme, other, name, trajectories):
    figure = chart(SCENES[name], trajectories[name], theme)
    used = set(COLOUR.findall(figure.to_json())) - {CLEAR}
    assert used & colours_of(theme)
    assert not used & (colours_of(other) - colours_of(theme))
    for k in range(len(SCENES[name].runs)):
        lines = [trace.meta.get("line", trace.line) for trace in moving(figure, k)]
        assert {line["color"] for line in lines} == {theme.runs[k]}

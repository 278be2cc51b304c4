"""A plane of two numbers of a scene: in each cell the colour of how the run with those two went."""

from collections.abc import Mapping
from dataclasses import replace

from charts.figure import Say
from charts.maps.frame import Tableau, plane_figure
from charts.maps.picture import LOST, painted, rgb
from charts.maps.theory import theory_traces
from charts.maps.values import MEASURES, Measure, is_lost, patterns, shades
from charts.theme import Theme
from engine.fields import RUN_KEYS, numbers, of_run
from engine.labels import labels, symbol
from engine.scenario import Scenario
from ensembles.plane import Plane
from ensembles.theory import theory_of
from player.contract import Figure


def planes_figure(
    scenario: Scenario, maps: Mapping[str, Plane], measure: Measure, theme: Theme, say: Say = str
) -> Figure:
    """Return the planes of one or two runs, by their letters, on one scale of colours."""
    names, planes = labels(scenario, say), list(maps.values())
    scaled = shades(planes, measure, scenario.surface, say)
    tableaux = []
    for letter, plane, shade in zip(maps, planes, scaled, strict=True):
        known = theory_of(replace(scenario, runs=(scenario.runs[RUN_KEYS.index(letter)],)))
        over = theory_traces(known, plane.x, plane.y, theme) if known else []
        colours, drawn = shade.colours, patterns(plane)
        if measure != "trainability":
            colours[is_lost(plane)] = rgb(LOST)
        tableaux.append(Tableau(names[RUN_KEYS.index(letter)], painted(colours, drawn, theme), over))
    first, plane = next(iter(maps.items()))
    x, y = ((axis, title_of(scenario, of_run(axis.name, first), say)) for axis in (plane.x, plane.y))
    return plane_figure(tableaux, x, y, theme, beside=[scaled[0].bar(say(MEASURES[measure]))])


def title_of(scenario: Scenario, name: str, say: Say = str) -> str:
    """Return what a number of a scene is called: its symbol, and its name in the address where that is another."""
    if name in ("x", "y"):
        return say("start") + " " + scenario.surface.axes["xy".index(name)]
    sign, short = symbol(numbers(scenario)[name].knob, say), name.rpartition(".")[2]
    return sign if sign == short else f"{sign} · {short}"

"""The loss is drawn above the lowest one that is known, so that a fall is seen beside a large constant."""

from dataclasses import replace

import numpy as np
import pytest
from checked import loss_chart
from scenes import scene

from charts.loss import lowest_known
from charts.theme import LIGHT
from engine.simulate import simulate
from surfaces import SURFACES


def curve(figure):
    return np.asarray(figure.data[0].y, float)


def test_above_a_large_constant_a_run_is_seen_to_fall():
    scenario = scene("lecture", 500, adam=1.0)
    [run] = simulate(scenario)
    lowest = lowest_known(scenario.surface, [run])
    assert lowest > 1e5
    figure = loss_chart(scenario, [run], LIGHT)
    np.testing.assert_allclose(curve(figure), run.loss - lowest, rtol=1e-6)
    assert "L − L*" in figure.layout.annotations[0].text


def test_where_the_lowest_is_nothing_or_unknown_the_loss_itself_is_drawn():
    scenario = scene("rosenbrock", 20, gd=0.001)
    [run] = simulate(scenario)
    assert lowest_known(scenario.surface, [run]) == 0.0
    np.testing.assert_allclose(curve(loss_chart(scenario, [run], LIGHT)), run.loss, rtol=1e-6)


def test_a_run_that_comes_lower_than_is_known_is_believed():
    scenario = scene("lecture", 20, gd=1e-7)
    [run] = simulate(scenario)
    lowest = lowest_known(scenario.surface, [run])
    deeper = replace(run, loss=np.append(run.loss[:-1], 0.9 * lowest))
    assert lowest_known(scenario.surface, [deeper]) == 0.0
    rounded = replace(run, loss=np.append(run.loss[:-1], lowest * (1.0 - 1e-14)))
    assert lowest_known(scenario.surface, [rounded]) == lowest
    assert curve(loss_chart(scenario, [rounded], LIGHT)).min() == 0.0


@pytest.mark.parametrize("slug", SURFACES)
def test_no_surface_draws_a_loss_below_its_lowest(slug):
    scenario = scene(slug, 60, adam=0.05)
    runs = simulate(scenario)
    if lowest_known(scenario.surface, runs):
        assert np.nanmin(curve(loss_chart(scenario, runs, LIGHT))) >= 0.0

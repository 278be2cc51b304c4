"""The notebook of a scene runs from top to bottom in a fresh kernel and makes the numbers of the engine."""

import json
from dataclasses import replace
from functools import partial

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from engine.noise import Noise
from engine.presets import DEFAULT_SCENE, PRESETS
from engine.scenario import Run, Scenario
from engine.simulate import simulate
from export.notebook import LONGEST, notebook
from optimizers import OPTIMIZERS
from optimizers.base import Coupled
from optimizers.gradient_descent import GradientDescent
from surfaces import SURFACES
from surfaces.lecture_valley import LectureValley
from surfaces.rosenbrock import Rosenbrock
from ui.text import say_sentence_in, translate

NAMED = replace(
    DEFAULT_SCENE, runs=tuple(replace(r, name=f"\"{k}' $x$ <b>*") for k, r in enumerate(DEFAULT_SCENE.runs))
)
NOISY = Scenario(LectureValley(), (-120.0, -4.0), 40, (Run(GradientDescent(), 1e-7),), Noise(0.5, 3, 1))


def made(scene, code="en"):
    speak = partial(say_sentence_in, code)
    return notebook(scene, simulate(scene), "https://example.org/?v=1", partial(translate, code), speak)


def runs_of(scene):
    """Return the runs that the code of a notebook makes, without its figures, and its loss."""
    cells = [cell["source"] for cell in json.loads(made(scene))["cells"] if cell["cell_type"] == "code"]
    scope = {}
    for source in cells[:-2]:
        exec(compile(source, "<cell>", "exec"), scope)
    return list(scope["runs"].values()), scope["loss"]


def assert_as_the_engine(scene):
    runs, loss = runs_of(scene)
    for run, trajectory, rule in zip(runs, simulate(scene), (run.optimizer for run in scene.runs), strict=True):
        np.testing.assert_array_equal(run["theta"], trajectory.theta)
        if isinstance(rule, Coupled):
            np.testing.assert_allclose(run["sigma"], np.sort(trajectory.sigma, axis=1), rtol=1e-6)
        else:
            np.testing.assert_array_equal(run["sigma"].reshape(-1, 2), trajectory.sigma)
        np.testing.assert_array_equal(run["lr"], trajectory.lr)
    x, y = np.meshgrid(*(np.linspace(low, high, 9) for low, high in scene.surface.window))
    with np.errstate(all="ignore"):
        expected = scene.surface.value_array(x, y)
        small = 1e-9 * np.nanmax(np.abs(expected[np.isfinite(expected)]))
        np.testing.assert_allclose(loss(x, y) + 0 * x, expected, rtol=1e-9, atol=small)


@pytest.mark.parametrize("scene", [*(scene for _, scene in PRESETS.values()), NAMED, NOISY])
def test_its_numbers_are_the_engines(scene):
    assert_as_the_engine(scene)


@pytest.mark.parametrize("slug", SURFACES)
def test_every_surface_is_written_out(slug):
    surface = SURFACES[slug]()
    assert_as_the_engine(Scenario(surface, surface.start, 12, (Run(GradientDescent(), 1e-4),)))


@pytest.mark.parametrize("slug", OPTIMIZERS)
def test_every_rule_is_written_out(slug):
    assert_as_the_engine(Scenario(Rosenbrock(), (-1.5, 2.0), 12, (Run(OPTIMIZERS[slug](), 1e-3),)))


@pytest.mark.parametrize("scene", [DEFAULT_SCENE, NAMED], ids=["default", "named"])
def test_it_is_valid_and_runs_in_a_fresh_kernel(scene):
    book = nbformat.reads(made(scene), as_version=4)
    nbformat.validate(book)
    book.cells.append(nbformat.v4.new_code_cell("print([run['theta'][-1].tolist() for run in runs.values()])"))
    NotebookClient(book, timeout=120).execute()
    assert book.cells[-1].outputs[0].text == f"{[t.theta[-1].tolist() for t in simulate(scene)]}\n"
    kinds = [kind for cell in book.cells[-3:-1] for output in cell.outputs for kind in output.get("data", {})]
    assert kinds.count("application/vnd.plotly.v1+json") == 2


def test_names_are_text_in_its_markdown():
    titles = [cell["source"] for cell in json.loads(made(NAMED))["cells"] if cell["cell_type"] == "markdown"]
    assert any(r"\$x\$ \<b\>\*" in title for title in titles)


def test_it_speaks_the_language_of_the_page():
    assert "梯度下降" in made(DEFAULT_SCENE, "zh")


def test_a_scene_of_too_many_updates_is_refused():
    with pytest.raises(ValueError, match="at most"):
        made(replace(DEFAULT_SCENE, steps=LONGEST + 1))

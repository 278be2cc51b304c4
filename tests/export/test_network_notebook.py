"""The notebook of a study trains the network anew, to the last bit as the page does."""

import json
from functools import partial

import numpy as np
import pytest

from engine.around import Clip
from engine.scenario import Run
from export.network_notebook import network_notebook
from network.studied import train_all
from network.study import Study
from optimizers.adamw import AdamW
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from schedules.base import WarmUp
from schedules.one_cycle import OneCycle
from tests.small_network import BURST, SMALL
from ui.text import say_sentence_in, translate

NAMED = Study(
    width=8,
    layers=2,
    activation="relu",
    loss="cross-entropy",
    batch=32,
    seed=3,
    steps=100,
    runs=(
        Run(AdamW(), 0.01, OneCycle(cycled=True), WarmUp(10), clip=Clip(0.01), name="\"1' $x$ <b>*"),
        Run(Momentum(), 0.1, name="second"),
        Run(GradientDescent(), 0.1),
    ),
)


def cells_of(study, trainings, code="en"):
    speak = partial(say_sentence_in, code)
    made = network_notebook(study, trainings, "https://example.org/?v=1", partial(translate, code), speak)
    return json.loads(made)["cells"]


@pytest.mark.parametrize("study", [SMALL, BURST, NAMED], ids=["small", "burst", "named"])
def test_it_trains_as_the_page_does(study):
    trainings, scope = train_all(study), {"__name__": "notebook"}
    sources = [cell["source"] for cell in cells_of(study, trainings) if cell["cell_type"] == "code"]
    for source in sources[:-2]:
        exec(compile(source, "<cell>", "exec"), scope)
    for run, training in zip(scope["runs"].values(), trainings, strict=True):
        np.testing.assert_array_equal(run["loss"], training.loss)
        np.testing.assert_array_equal(run["t"], training.clock)
        np.testing.assert_array_equal(run["looks"][3], training.sharpness)
        np.testing.assert_array_equal(run["looks"][5], training.at_looks("rate")[:, 0])


def test_what_happened_is_told_and_names_are_text():
    trainings = train_all(SMALL)
    texts = "\n".join(cell["source"] for cell in cells_of(SMALL, trainings) if cell["cell_type"] == "markdown")
    assert "610 weights" in texts
    assert "In the end" in texts
    named = cells_of(NAMED, train_all(NAMED))
    assert not [cell for cell in named if cell["cell_type"] == "markdown" and "<b>" in cell["source"]]

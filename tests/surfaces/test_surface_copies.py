"""A copy of a surface is that surface, with its knobs, also after its functions were compiled."""

import copy
import pickle

import pytest

from spec.knobs import Flag, Number, knobs_of
from surfaces import SURFACES

WAYS = {"pickle": lambda s: pickle.loads(pickle.dumps(s)), "copy": copy.copy, "deepcopy": copy.deepcopy}


def unusual(kind):
    """Return a surface with every knob away from its default."""
    knobs = {name: k for name, k in knobs_of(kind).items() if isinstance(k, Number)}
    texts = {"formula": "x^2 + 3*y^4"} if "formula" in knobs_of(kind) else {}
    texts |= {name: True for name, k in knobs_of(kind).items() if isinstance(k, Flag)}
    return kind(**texts, **{name: min(k.low + 0.375 * (k.high - k.low), 7.5) for name, k in knobs.items()})


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("slug", SURFACES)
def test_a_copy_has_the_knobs_and_the_loss_of_its_original(slug, way):
    surface = unusual(SURFACES[slug])
    assert surface.is_canonical == (not knobs_of(surface))
    loss = surface.value(0.5, 0.25)
    made = way(surface)
    assert made == surface
    assert type(made) is type(surface)
    assert made.value(0.5, 0.25) == loss
    assert made.gradient(0.5, 0.25) == surface.gradient(0.5, 0.25)
    assert made.window == surface.window

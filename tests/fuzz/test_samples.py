"""A sample of each kind of hostile input; `make fuzz` takes the rest."""

import pytest

from tests.fuzz.__main__ import KINDS, tried


@pytest.mark.parametrize("seed", [10**6, 10**6 + 1])
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_input_is_read_or_refused_in_a_sentence(kind, seed):
    _, wrong = tried(kind, seed, 200)
    assert wrong == []

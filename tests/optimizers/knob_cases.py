"""Every knob of some rules as cases of a test, and the ends of what a knob allows."""

import pytest

from spec.knobs import Choice, Flag, Number, knobs_of


def every_knob_of(kinds):
    """Parametrize a test by (kind, name) for every knob of the rules, which are given by their slugs."""
    return pytest.mark.parametrize(
        ("kind", "name"),
        [(kind, name) for kind in kinds.values() for name in knobs_of(kind)],
        ids=[f"{slug}-{name}" for slug, kind in kinds.items() for name in knobs_of(kind)],
    )


def ends_of(declared):
    """The ends of a knob's range, or all that it may be."""
    ends = {
        Number: lambda: (declared.low, declared.high),
        Choice: lambda: declared.options,
        Flag: lambda: (True, False),
    }
    (values,) = (get() for base, get in ends.items() if isinstance(declared, base))
    return values

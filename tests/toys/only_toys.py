"""A plugin for pytest: of what is asked of every entry, keep what is asked of a toy; keep all that is not."""

from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from surfaces import SURFACES

ENTRIES = {**SURFACES, **OPTIMIZERS, **SCHEDULES}


def pytest_collection_modifyitems(items):
    asked = [(item, entries_of(item)) for item in items]
    items[:] = [item for item, slugs in asked if not slugs or any(slug.startswith("toy-") for slug in slugs)]


def entries_of(item):
    """Return the slugs of the entries that a test is asked of."""
    values = item.callspec.params.values() if hasattr(item, "callspec") else ()
    named = [value.slug for value in values if hasattr(value, "slug")]
    return named + [value for value in values if isinstance(value, str) and value in ENTRIES]

"""A server for visitors."""

import pytest

from tests.browser import app


@pytest.fixture(scope="module")
def server():
    with app.Server() as running:
        yield running

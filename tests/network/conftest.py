"""Matrices this small lose by threads, as in the app (`ui/start.py`)."""

import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    with threadpool_limits(1, "blas"):
        yield

"""Settings for every test: property tests are the same at every run, and what is still to do is listed at the end."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from threadpoolctl import threadpool_limits

settings.register_profile("fixed", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("unshrunk", settings.get_profile("fixed"), phases=[Phase.explicit, Phase.generate])
settings.load_profile("fixed")

LISTED = "still to do"


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """Matrices this small lose by threads, as in the app (`ui/start.py`)."""
    with threadpool_limits(1, "blas"):
        yield


@pytest.fixture
def listed(record_property):
    """Return a function that has what is still to do listed after the run, without failing: listed(what, items)."""

    def list_items(what, items):
        for item in items:
            record_property(LISTED, f"{what}: {item}")

    return list_items


def pytest_terminal_summary(terminalreporter):
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    properties = [pair for report in reports for pair in getattr(report, "user_properties", ())]
    lines = dict.fromkeys(text for name, text in properties if name == LISTED)
    if lines:
        terminalreporter.section("still to do")
    for line in lines:
        terminalreporter.line(line)

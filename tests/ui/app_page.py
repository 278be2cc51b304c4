"""What the tests of pages do with the app, without a browser."""

import re
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

LAB = str(Path(__file__).parents[2] / "lab.py")


def lab(**query):
    """Open the lab's workbench by an address; a name's dots are written as two underscores."""
    return first_screen(**({"panels": "all"} | query))


def first_screen(**query):
    """Open the lab as `lab` does, but as a newcomer sees it."""
    page = AppTest.from_file(LAB, default_timeout=60)
    for key, value in query.items():
        page.query_params[key.replace("__", ".")] = value
    return page.run()


def address(page):
    values = dict(page.query_params)
    said = {key: value if isinstance(value, str) else value[0] for key, value in values.items()}
    return {key: value for key, value in said.items() if (key, value) != ("panels", "all")}


def rows(page):
    """Return the texts of the table of outcomes, row by row."""
    (table,) = [part.proto.body for part in page.get("html") if 'aria-label="How each run ended"' in part.proto.body]
    found = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2])
    return [[unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in found]


def assert_clean(page):
    assert not page.exception, [e.message for e in page.exception]

"""Streamlit's scripts are compressed once; nothing else is touched, and nothing that is no file is kept."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.datastructures import Headers

from ui.origin import is_from_here
from ui.static import Compressed

SCRIPT = b"let x = 1\n" * 1000


class Streamlit:
    """Stands in for Streamlit: one script, and its page at every other address."""

    def __init__(self):
        self.asked = []

    async def __call__(self, scope, receive, send):
        self.asked.append(scope["path"])
        is_script = scope["path"] == "/static/js/a.js"
        kind, body = ("text/javascript", SCRIPT) if is_script else ("text/html; charset=utf-8", b"<html>")
        assert not dict(scope["headers"]).get(b"range") or not is_script
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode()), (b"etag", b"x")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:10], "more_body": True})
        await send({"type": "http.response.body", "body": body[10:]})


def ask(app, path, *, method="GET", accepted="gzip", times=1):
    sent = []

    async def send(message):
        sent.append(message)

    async def all_at_once():
        scope = {"type": "http", "method": method, "path": path, "headers": [(b"accept-encoding", accepted.encode())]}
        await asyncio.gather(*(app(scope, None, send) for _ in range(times)))

    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, all_at_once()).result()
    return sent


def test_a_script_is_compressed_once_for_all_who_ask_at_once():
    streamlit = Streamlit()
    sent = ask(Compressed(streamlit), "/static/js/a.js", times=5)
    assert streamlit.asked == ["/static/js/a.js"]
    starts, bodies = sent[::2], sent[1::2]
    assert len(starts) == len(bodies) == 5
    for start, part in zip(starts, bodies, strict=True):
        headers = Headers(raw=start["headers"])
        assert headers["content-encoding"] == "gzip"
        assert headers["content-length"] == str(len(part["body"]))
        assert "etag" not in headers
        assert gzip.decompress(part["body"]) == SCRIPT


@pytest.mark.parametrize(
    ("path", "how"),
    [
        ("/static/js/a.js", {"accepted": "br"}),
        ("/static/js/a.js", {"method": "HEAD"}),
        ("/static/media/a.woff2", {}),
        ("/_stcore/health", {}),
    ],
)
def test_all_else_passes(path, how):
    streamlit = Streamlit()
    app = Compressed(streamlit)
    assert len(ask(app, path, **how)) == 3
    assert not app._known


def test_a_page_at_the_address_of_a_script_is_not_kept():
    streamlit = Streamlit()
    app = Compressed(streamlit)
    for number in range(3):
        start, *parts = ask(app, f"/static/js/no-{number}.js")
        assert b"".join(part["body"] for part in parts) == b"<html>"
        assert "content-encoding" not in Headers(raw=start["headers"])
    assert not app._known


def test_what_failed_once_is_tried_again():
    streamlit = Streamlit()
    failures = [OSError("busy")]

    async def shaky(scope, receive, send):
        if failures:
            raise failures.pop()
        await streamlit(scope, receive, send)

    app = Compressed(shaky)
    with pytest.raises(OSError, match="busy"):
        ask(app, "/static/js/a.js")
    assert gzip.decompress(ask(app, "/static/js/a.js")[1]["body"]) == SCRIPT


@pytest.mark.parametrize(
    ("origin", "allowed", "cors", "answer"),
    [
        (None, [], True, True),
        ("https://here", [], True, True),
        ("https://here:8501", [], True, False),
        ("https://elsewhere", [], True, False),
        ("null", [], True, False),
        ("https://here.elsewhere", [], True, False),
        ("https://elsewhere/here", [], True, False),
        ("https://elsewhere", ["https://elsewhere"], True, True),
        ("https://elsewhere", None, False, True),
    ],
)
def test_a_line_is_for_pages_of_this_host_and_of_those_that_it_was_told_of(monkeypatch, origin, allowed, cors, answer):
    options = {"server.enableCORS": cors, "server.corsAllowedOrigins": allowed}
    monkeypatch.setattr("ui.origin.st.get_option", options.get)
    headers = Headers({"host": "here"} | ({"origin": origin} if origin else {}))
    assert is_from_here(headers) == answer

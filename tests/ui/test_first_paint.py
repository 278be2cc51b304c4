"""What the server sends before the app has drawn: for every scene, page and language, and for any address."""

import asyncio
import gzip
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.responses import HTMLResponse, PlainTextResponse

from engine.url import encode
from explain.lecture.chapters import CHAPTERS
from explain.maps import MAP_QUESTIONS
from explain.questions.questions import QUESTIONS
from ui.first_paint.middleware import FirstPaint, filled
from ui.first_paint.poster import PAGES, poster
from ui.limits import POSTER_QUERY

STREAMLITS = (
    '<!DOCTYPE html><html lang="en"><head><link rel="shortcut icon" href="./favicon.png" /><title>Streamlit</title>'
    '</head><body><div id="root"></div></body></html>'
)
LARGEST = 80_000 - 10_000
"""Bytes of a page without what Streamlit has in it."""


def ask(path="/", query=b"", method="GET", headers=(), answer=None):
    """Return the status, the headers and the body that a request gets."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": list(headers)}
    app = FirstPaint(answer or HTMLResponse(STREAMLITS, headers={"etag": "x"}))
    with ThreadPoolExecutor(1) as apart:  # a browser's tests leave a loop running in this thread
        apart.submit(asyncio.run, app(scope, receive, send)).result()
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_every_question_has_its_words_and_a_picture_in_few_bytes(question, code):
    made = poster("", encode(question.scene), code)
    assert made.html.count("<img") == 2
    assert "◉" in made.html
    assert len(made.html.encode()) < LARGEST
    if code == "en":
        assert made.title == f"{question.sentence(question.ask)} · Sigmascope"
    else:
        assert str(question.sentence(question.ask)) not in made.title
    assert not re.search(r"(left|top): [^;\"]*(nan|inf)", made.html)


def test_the_words_are_set_in_the_font_that_the_app_will_use():
    with_font = STREAMLITS.replace("<title>", '<link rel="preload" href="./static/media/X.woff2" as="font"><title>')
    assert '"Source Sans"; font-weight: 200 900; src: url("./static/media/X.woff2")' in filled(with_font, "", b"", {})
    assert "@font-face" not in filled(STREAMLITS, "", b"", {})


def test_another_scene_has_no_wrong_picture():
    made = poster("", {"surface": "rosenbrock", "a": "adam"}, "en")
    assert (made.title, "<img" in made.html) == ("Lab · Sigmascope", False)
    assert "<img" not in poster("", {"panels": "all"}, "en").html
    assert "<img" in poster("", {"lang": "en"}, "en").html


@pytest.mark.parametrize("number", range(1, len(CHAPTERS) + 1))
def test_a_chapter_is_named(number):
    assert (
        poster("lecture", {"chapter": str(number)}, "en").title
        == f"{number} · {CHAPTERS[number - 1].title} · Sigmascope"
    )
    assert poster("lecture", {"chapter": "99"}, "en").title.startswith("1 · ")


def test_the_page_is_whole_and_says_how_long_it_is():
    status, headers, body = ask()
    assert status == 200
    assert int(headers[b"content-length"]) == len(body)
    assert b"etag" not in headers
    text = body.decode()
    assert "<title>Why does Adagrad suddenly jump out of the valley? · Sigmascope</title>" in text
    assert text.index('id="sigmascope-poster"') < text.index('<div id="root">')
    assert "favicon.png" not in text


def test_what_asks_for_gzip_gets_it_and_head_gets_no_body():
    plain = ask()[2]
    _, headers, body = ask(headers=[(b"accept-encoding", b"gzip, br")])
    assert (headers[b"content-encoding"], gzip.decompress(body)) == (b"gzip", plain)
    assert ask(method="HEAD")[2] == b""


def test_the_language_is_the_addresss_else_the_browsers():
    chinese = [(b"accept-language", b"zh-CN,zh;q=0.9,en;q=0.8")]
    assert b'lang="zh-Hans"' in ask(headers=chinese)[2]
    assert b'lang="en"' in ask(headers=chinese, query=b"lang=en")[2]
    assert b'lang="zh-Hans"' in ask(query=b"lang=zh")[2]
    assert b'lang="en"' in ask(headers=[(b"accept-language", b"fr-FR")], query=b"lang=tlh")[2]


@pytest.mark.parametrize("path", ["/static/x.js", "/_stcore/health", "/a/b/c/d/e/f/", "/nowhere"])
def test_what_is_no_page_passes_untouched(path):
    assert ask(path=path)[2].decode() == STREAMLITS


def test_what_is_no_html_passes_untouched():
    assert ask(answer=PlainTextResponse("no"))[2] == b"no"
    assert ask(answer=HTMLResponse("gone", status_code=404))[2] == b"gone"


@settings(max_examples=60, deadline=None)
@given(
    query=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=100).map(lambda text: f"surface=lecture&a=gd&a.name={text}".encode()),
    ),
    name=st.sampled_from(list(PAGES)),
)
def test_any_address_gives_a_page_in_which_it_is_no_markup(query, name):
    page = filled(STREAMLITS, name, query, {"accept-language": "\x00,;=<"})
    assert len(page.encode()) < LARGEST
    assert page.count("<script>") <= 1
    assert "<title>Streamlit</title>" not in page


def test_a_name_is_text_and_a_long_address_costs_nothing():
    hostile = b"surface=lecture&a=gd&a.name=<script>alert(1)</script>&chapter=<b>&lang=<i>"
    for name in PAGES:
        assert "<script>alert" not in filled(STREAMLITS, name, hostile, {})
    assert filled(STREAMLITS, "", b"a" * (POSTER_QUERY + 1), {}) == STREAMLITS


def test_a_map_worth_looking_at_is_called_by_its_question():
    for question in MAP_QUESTIONS:
        made = poster("maps", encode(question.scene) | question.shown, "en")
        assert question.ask in made.title
    assert poster("maps", {"surface": "himmelblau"}, "en").title.startswith("Maps")
    assert poster("maps", {"map": "<b>", "across": "x" * 999}, "zh").title.startswith("地图")

"""A link where it is pasted: its title, a true sentence, its picture; and nothing but text of what it says."""

import io
import json
import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from starlette.datastructures import Headers
from starlette.requests import Request

from charts.preview import MOST_BYTES
from engine.presets import DEFAULT_SCENE, PRESETS
from engine.simulate import simulate
from engine.url import decode, encode, explicit
from explain.lecture.chapters import CHAPTERS
from explain.timeline import timeline
from surfaces import SURFACES
from ui.limits import POSTER_QUERY, PREVIEW_UPDATES
from ui.previews import HEIGHT, WIDTH, Place, _oembed, _picture, head, scene_of, sentence, title_of

HERE = Place("https://example.org/tools/", "")


def request(query, host="example.org", path="/preview.jpg"):
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "scheme": "https"}
    return Request(scope | {"headers": [(b"host", host.encode())], "server": (host, 443), "root_path": ""})


def metas(html):
    return {name: unescape(text) for name, text in re.findall(r'<meta property="([^"]*)" content="([^"]*)">', html)}


def size_of(answer):
    with Image.open(io.BytesIO(answer.body)) as picture:
        return picture.format, picture.size


@pytest.mark.parametrize("slug", SURFACES)
def test_every_surface_has_a_picture_that_is_not_too_large(slug):
    answer = _picture(request(f"surface={slug}&a=adam&steps=60"))
    assert size_of(answer) == ("JPEG", (WIDTH, HEIGHT))
    assert len(answer.body) <= MOST_BYTES


AT_THE_EDGE = ["a=gd&a.lr=1000000&steps=50", "surface=own&surface.formula=log(x)&a=gd&x=-1", "steps=1000000"]


@pytest.mark.parametrize("query", AT_THE_EDGE)
def test_a_scene_that_flies_off_is_undefined_or_is_long_has_one_too(query):
    assert size_of(_picture(request(query))) == ("JPEG", (WIDTH, HEIGHT))


def test_a_path_is_in_the_picture_in_its_colour():
    with_path, without = (_picture(request(f"surface=booth&a=gd&a.lr={lr}&steps=90")).body for lr in ("0.05", "1e-12"))
    assert with_path != without


def test_an_address_that_is_too_long_costs_nothing():
    assert _picture(request("a=" + "x" * POSTER_QUERY)).status_code == 414


WELL_KNOWN = [scene for _, scene in PRESETS.values()]
OTHERS = [decode({"surface": slug, "a": rule, "steps": "200"})[0] for slug in SURFACES for rule in ("gd", "adam")]


@pytest.mark.parametrize("scene", WELL_KNOWN + OTHERS)
def test_the_sentence_is_true_of_how_a_run_ends(scene):
    runs = simulate(scene)
    endings = {trajectory.outcome.ending for trajectory in runs}
    told = [f"{event.caption} {event.detail}" for event in timeline(scene, runs) if event.kind in endings]
    assert sentence(scene, "en") in told


def test_a_scene_too_long_to_be_run_for_a_link_says_what_it_is():
    scene, _ = decode({"a": "gd", "a.lr": "1e-7", "steps": str(PREVIEW_UPDATES + 1)})
    assert sentence(scene, "en") == scene.surface.summary


def test_the_head_has_all_that_a_chat_asks_for():
    said = metas(head(HERE, "", dict(parse_qsl("surface=rosenbrock&a=adam&a.lr=0.02&steps=300")), "en"))
    assert said["og:title"] == "Adam · Rosenbrock"
    assert said["og:image"] == "https://example.org/tools/preview.jpg?surface=rosenbrock&a=adam&a.lr=0.02&steps=300"
    assert said["og:url"].startswith("https://example.org/tools/?surface=rosenbrock")
    assert said["og:description"] == "Still moving after 300 updates. Its loss was 24.2 at the start and is 3.182 now."
    assert said["twitter:card"] == "summary_large_image"


def test_a_chapter_shows_its_own_scene():
    assert [scene_of({"chapter": str(n)}) for n in range(1, len(CHAPTERS) + 1)] == [c.scene for c in CHAPTERS]
    assert scene_of({"chapter": "99"}) == DEFAULT_SCENE


def test_titles_are_chinese_on_a_chinese_page():
    assert title_of(DEFAULT_SCENE, "zh") == "梯度下降, Adagrad · 课堂山谷"


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=60), other=st.text(max_size=60))
def test_whatever_an_address_says_is_text_in_the_head(name, other):
    scene = f"surface=booth&a=gd&a.lr=0.01&steps=5&a.name={name}"
    html = head(HERE, "", dict(parse_qsl(f"{scene}&{other}", keep_blank_values=True)), "en")
    inside = re.sub(r'<meta property="[a-z:_]+" content="[^"<>]*">|<link rel="alternate" [^<>]*>', "", html)
    assert inside == ""


@pytest.mark.parametrize("host", ['evil.org/"><script>', "a b", "", "x\r\ny"])
def test_a_host_that_is_none_is_not_repeated(host):
    assert Place.of({"path": "/", "scheme": "http"}, Headers({"host": host})) is None
    assert "og:image" not in head(None, "", {}, "en")


def test_the_place_is_found_behind_a_proxy():
    headers = Headers({"host": "example.org", "x-forwarded-proto": "https"})
    lecture = Place("https://example.org/tools/", "lecture")
    assert Place.of({"path": "/tools/lecture", "scheme": "http"}, headers) == lecture
    assert Place.of({"path": "/tools/", "scheme": "http"}, headers) == Place("https://example.org/tools/", "")
    assert Place.of({"path": "/", "scheme": "http"}, headers) == Place("https://example.org/", "")


def test_oembed_gives_a_frame_for_an_address_of_this_app():
    asked = "url=https%3A%2F%2Fexample.org%2F%3Fsurface%3Dbooth%26a%3Dgd%26a.name%3D%2522%253E&maxwidth=500"
    said = json.loads(_oembed(request(asked)).body)
    assert (said["type"], said["version"], said["width"], said["title"]) == ("rich", "1.0", 500, '"> · Booth')
    assert said["html"].count("<") == 2
    assert "embed=true" in said["html"]


@pytest.mark.parametrize("asked", ["", "url=https%3A%2F%2Fevil.org%2F", "url=javascript%3Aalert(1)", "url=%2F"])
def test_oembed_knows_no_other_address(asked):
    assert _oembed(request(asked)).status_code == 404
    assert _oembed(request("format=xml")).status_code == 501


def test_the_default_scene_is_known_by_its_bare_address_and_written_out():
    assert scene_of(encode(DEFAULT_SCENE)) == scene_of(explicit(DEFAULT_SCENE)) == DEFAULT_SCENE


def test_the_network_page_says_what_is_trained_and_shows_a_slice():
    place = Place("https://example.org/", "network")
    made = head(place, "Asked?", {"width": "8", "a": "adam"}, "en", "network")
    assert "64 → 8 → 10" in made
    assert "surface=slice-path" in made
    assert 'og:url" content="https://example.org/network?width=8&amp;a=adam"' in made
    assert "valley" not in made.lower()

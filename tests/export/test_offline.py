"""A page that plays without a network: one file with all in it, whose texts are text."""

import gzip
import json
import re
from base64 import b85decode
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, quote

import pytest

from charts.views import CHARTS
from engine.presets import PRESETS
from engine.simulate import simulate
from engine.url import decode
from explain.lecture.chapters import CHAPTERS
from player.bundle import one_script
from player.scripts import scripts
from ui.offline import offline_lecture, offline_scene

ENTRY = Path(one_script.__wrapped__.__code__.co_filename).parent / "offline" / "offline.js"
HOSTILE = "</script><script>alert(1)</script><!--"


@lru_cache
def made(address="", code="en"):
    query = dict(parse_qsl(address))
    scene, _ = decode(query)
    return offline_scene(scene, simulate(scene), "https://example.org/?x=1&y=<2>", code)


def opened(page):
    """The book in a page: what it says, and the bytes of its parts."""
    text = re.search(r'id="book">(.*?)</script>', page)[1]
    data = gzip.decompress(b85decode(text.replace("/", "<")))
    start = 4 + int.from_bytes(data[:4], "little")
    return json.loads(data[4:start]), data[start:]


def test_a_page_is_small():
    assert len(made().encode()) < 2.5e6


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_lecture_is_one_file(code):
    page = offline_lecture(code)
    book, _ = opened(page)
    assert len(page.encode()) < 6e6
    assert len(book["scenes"]) == len(CHAPTERS)
    assert all(scene["ask"] and scene["endings"] and scene["formulas"] for scene in book["scenes"])
    assert f'lang="{"en" if code == "en" else "zh-Hans"}"' in page


@pytest.mark.parametrize("name", PRESETS)
def test_every_scene_to_try_keeps_to_the_bound(name):
    _, scene = PRESETS[name]
    page = offline_scene(scene, simulate(scene), "", "en")
    assert len(page.encode()) < 3e6
    book, data = opened(page)
    (told,) = book["scenes"]
    assert sum(size for _, _, size in book["parts"]) == len(data)
    for picture in told["pictures"].values():
        named = {name for name, _ in picture["parts"]}
        assert {f"data of {chart}" for chart in CHARTS} <= named
        assert {part for _, part in picture["parts"]} <= {part for _, part, _ in book["parts"]}
    assert len(told["endings"]) == len(scene.runs)


def test_what_two_themes_have_in_common_is_there_once():
    book, _ = opened(made())
    light, dark = (dict(picture["parts"]) for picture in book["scenes"][0]["pictures"].values())
    assert light["surface"] == dark["surface"]
    assert light["ground"] != dark["ground"]
    assert {name for name in light if light[name] == dark[name]} >= {"run 0", "run 1"}


@pytest.mark.parametrize("name", [HOSTILE, "学习率", "\u202eabc\u202c عربي", "a&b\"'", "${x}`"])
def test_a_name_from_outside_is_text(name):
    page = made("a=gd&a.name=" + quote(name))
    assert page.count("<script") == 3
    assert page.count("</script>") == 3
    assert "<script>alert" not in page
    scene, _ = decode({"a": "gd", "a.name": name})
    (told,) = opened(page)[0]["scenes"]
    assert [scene.runs[0].name in text for text in (told["title"], *told["endings"])] == [True, True]


def test_a_title_from_outside_is_text():
    page = made("surface=" + quote("f(x,y)=x^2+3*y^2") + "&a=gd")
    assert re.search("<title>[^<]*</title>", page)


@pytest.mark.parametrize(
    "address", ["surface=rosenbrock&a=gd&a.lr=1", "steps=1000000&a=gd&a.lr=1e-7", "steps=1&a=adam"]
)
def test_a_run_that_diverges_or_is_long_is_a_page_too(address):
    assert len(made(address).encode()) < 2.5e6


def test_the_page_may_ask_for_nothing():
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', made())[1]
    assert policy.startswith("default-src 'none';")
    assert "http" not in policy


def test_the_script_is_the_player_s_own_modules():
    script = one_script(ENTRY)
    assert not re.search(r"^\s*(import|export)\s", script, re.MULTILINE)
    for path in scripts():
        text = path.read_text()
        is_part = path.suffix == ".js" and path.name not in {"line.js", "slider.js"}
        assert (text.splitlines()[0] in script) == is_part, path.name


def test_modules_with_equal_names_stay_apart(tmp_path):
    (tmp_path / "a.js").write_text("const inner = 1\nexport const a = inner\n")
    (tmp_path / "b.js").write_text('import { a } from "./a.js"\nconst inner = 2\nexport const b = () => a + inner\n')
    (tmp_path / "main.js").write_text('import { b } from "./b.js"\nconsole.log(b())\n')
    script = one_script(tmp_path / "main.js")
    assert script.index("module_a") < script.index("module_b") < script.index("console.log")
    assert "return { a }" in script

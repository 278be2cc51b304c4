"""The browser's files: served from memory under a name that is their content, compressed once, kept forever."""

import asyncio
import gzip
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request

from player.labels import LABELS
from player.scripts import scripts as player_scripts
from ui import assets
from ui.assets import FOREVER, asset_routes, bundle


@pytest.fixture
def scripts(tmp_path):
    for name, text in (("player.js", "export {}"), ("player.css", "p {}")):
        (tmp_path / name).write_text(text)
    return sorted(tmp_path.iterdir())


def ask(name, accepted="gzip, br"):
    [route] = asset_routes()
    headers = [(b"accept-encoding", accepted.encode())]
    request = Request({"type": "http", "path_params": {"name": name}, "headers": headers})
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, route.endpoint(request)).result()


def test_the_name_is_stable_and_follows_names_and_contents(scripts):
    before = bundle(scripts)
    assert bundle(reversed(scripts)).keys() == before.keys()
    scripts[0].write_text("p { color: red }")
    assert not bundle(scripts).keys() & before.keys()


@pytest.mark.parametrize("accepted", ["", "br", "gzip", "deflate, gzip;q=1.0"])
def test_a_file_comes_whole_or_compressed_and_is_kept_forever(accepted):
    for address, start in ((assets.assets().player, b"// The player"), (assets.assets().plotly, b"/**\n* plotly.js")):
        answer = ask(address.removeprefix("assets/"), accepted)
        is_small = answer.headers.get("content-encoding") == "gzip"
        assert is_small == ("gzip" in accepted)
        assert (gzip.decompress(answer.body) if is_small else answer.body).startswith(start)
        assert answer.headers["cache-control"] == FOREVER
        assert answer.headers["content-type"].startswith("text/javascript")
        assert int(answer.headers["content-length"]) == len(answer.body)


@pytest.mark.parametrize("name", ["", "x", "../app.py", "x/player.js", "..%2fapp.py", "/etc/passwd"])
def test_nothing_else_is_given_away(name):
    assert ask(name).status_code == 404


@pytest.mark.parametrize("base", ["", "/lab/", "lab"])
def test_the_route_is_below_the_app_s_root(base, monkeypatch):
    monkeypatch.setattr(assets.st, "get_option", {"server.baseUrlPath": base}.get)
    [route] = asset_routes()
    assert route.path == ("/lab" if base else "") + "/assets/{name:path}"


def test_every_module_that_the_player_imports_is_there():
    files = {address.rpartition("/")[2]: asset.whole.decode() for address, asset in assets.assets().files.items()}
    wanted = {name for text in files.values() for name in re.findall(r'from "\./([^"]+)"', text)}
    assert {"clock.js"} <= wanted
    assert wanted | {"player.css", "player.js", "slider.js", "line.js"} <= files.keys()


def test_the_scripts_use_every_label_and_no_other():
    texts = [path.read_text() for path in player_scripts()]
    assert {name for text in texts for name in re.findall(r"labels\.(\w+)", text)} == set(LABELS)

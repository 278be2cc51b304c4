"""Scripts are published once, whole, and under a name that is their content."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from player.labels import LABELS
from player.scripts import scripts as player_scripts
from ui import assets
from ui.assets import LONG_AGO, publish


@pytest.fixture
def scripts(tmp_path):
    folder = tmp_path / "scripts"
    folder.mkdir()
    for name, text in (("player.js", "export {}"), ("player.css", "p {}")):
        (folder / name).write_text(text)
    return sorted(folder.iterdir())


def test_files_are_copied_with_an_old_date(scripts, tmp_path):
    folder = publish(scripts, tmp_path / "static")
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "player.js": "export {}",
        "player.css": "p {}",
    }
    assert {path.stat().st_mtime for path in folder.iterdir()} == {LONG_AGO}
    assert os.access(folder, os.R_OK | os.X_OK)


def test_the_name_is_stable_and_follows_the_content(scripts, tmp_path):
    before = publish(scripts, tmp_path / "static")
    assert publish(reversed(scripts), tmp_path / "elsewhere").name == before.name
    scripts[0].write_text("p { color: red }")
    assert publish(scripts, tmp_path / "static") != before
    assert before.is_dir()


def test_what_is_published_is_not_written_again(scripts, tmp_path, monkeypatch):
    folder = publish(scripts, tmp_path / "static")

    def fail(*_, **__):
        raise AssertionError("written again")

    monkeypatch.setattr(assets.tempfile, "mkdtemp", fail)
    assert publish(scripts, tmp_path / "static") == folder


def test_many_may_publish_at_once(scripts, tmp_path):
    with ThreadPoolExecutor(8) as pool:
        folders = set(pool.map(lambda _: publish(scripts, tmp_path / "static"), range(32)))
    assert len(folders) == 1
    assert list((tmp_path / "static").iterdir()) == list(folders)
    assert len(list(folders.pop().iterdir())) == 2


def test_a_failed_write_leaves_nothing_and_is_told(scripts, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(assets.os, "utime", fail)
    with pytest.raises(OSError, match="disk full"):
        publish(scripts, tmp_path / "static")
    assert list((tmp_path / "static").iterdir()) == []


@pytest.mark.parametrize("base", ["", "/lab/", "lab"])
def test_addresses_lead_to_the_files(base, tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    monkeypatch.setattr(assets.st, "get_option", {"server.baseUrlPath": base}.get)
    found = assets.assets.__wrapped__()
    prefix = ("/lab" if base else "") + "/app/static/"
    for address, start in ((found.player, "// The player"), (found.plotly, "/**\n* plotly.js")):
        assert address.startswith(prefix)
        assert (tmp_path / Path(address.removeprefix(prefix))).read_text().startswith(start)


def test_every_module_that_the_player_imports_is_published(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    address = assets.assets.__wrapped__().player
    folder = tmp_path / Path(address).parent.name
    wanted = {name for path in folder.glob("*.js") for name in re.findall(r'"\./([^"]+)"', path.read_text())}
    assert {"clock.js", "player.css"} <= wanted
    assert wanted <= {path.name for path in folder.iterdir()}


def test_the_scripts_use_every_label_and_no_other():
    texts = [path.read_text() for path in player_scripts()]
    assert {name for text in texts for name in re.findall(r"labels\.(\w+)", text)} == set(LABELS)

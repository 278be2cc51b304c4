"""The server's settings: every option still exists, the undocumented ones too."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

SETTINGS = tomllib.loads((Path(__file__).parent.parent / ".streamlit" / "config.toml").read_text())
OPTIONS = [(section, name) for section, values in SETTINGS.items() for name in values if section != "theme"]


@pytest.mark.parametrize(("section", "name"), OPTIONS)
def test_the_option_exists(section, name):
    assert f"{section}.{name}" in config.get_config_options()


def test_the_settings_that_200_people_need_are_there():
    assert SETTINGS["runner"]["postScriptGC"] is False
    assert SETTINGS["server"]["fileWatcherType"] == "none"
    assert "enableWebsocketCompression" not in SETTINGS["server"]


def test_nobody_is_told_on_and_no_traceback_is_shown():
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["client"]["showErrorDetails"] == "none"

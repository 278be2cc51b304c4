"""The command and the package's face, as they are in the repository."""

import warnings

import pytest

import sigmascope
from engine.presets import DEFAULT_SCENE
from sigmascope.command import _beyond, main
from sigmascope.render import KINDS, RenderError, rendered
from sigmascope.scenes import read

SCENE = "surface=rosenbrock&a=adam&a.lr=0.02&steps=50"
NETWORK = "network?width=8&steps=100&a=gd&a.lr=0.5"


@pytest.mark.parametrize("before", ["", "?", "https://example.org/?", "http://localhost:8501/sub/path/?"])
def test_a_link_and_what_is_behind_its_question_mark_mean_the_same(before):
    assert read(before + SCENE).scenario == read(SCENE).scenario
    assert read(before + SCENE).scenario.steps == 50


def test_nothing_means_the_first_scene():
    assert read("").scenario == DEFAULT_SCENE
    assert sigmascope.scene().scenario == DEFAULT_SCENE


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "file:///etc/passwd?a=gd", "%%%", "://", "\x00", "[", "http://[::1"]
)
def test_any_text_means_a_scene_and_no_link_but_the_web_s(text):
    assert read(text).link == ""


def test_a_chapter_is_its_scene():
    link = read("https://example.org/lecture?chapter=4&lang=zh")
    assert (link.chapter, link.language) == (4, "zh")
    assert "4 ·" in sigmascope.Scene(link).html


def test_what_cannot_be_used_is_a_warning():
    with pytest.warns(UserWarning, match="moon is not known"):
        sigmascope.scene("a=gd&moon=1")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sigmascope.scene(SCENE)


def test_a_scene_has_its_runs_as_arrays():
    scene = sigmascope.scene(SCENE + "&b=gd&b.lr=0.001")
    assert list(scene.trajectories) == ["a", "b"]
    assert scene["b"].sigma.shape == (50, 2)
    assert scene.address["surface"] == "rosenbrock"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("", ""),
        (SCENE, f"?{SCENE}"),
        (f"?{SCENE}", f"?{SCENE}"),
        ("https://example.org/base/lecture?chapter=2", "lecture?chapter=2"),
        (NETWORK, NETWORK),
        ("https://example.org/base/lesson_net?title=A", "lesson_net?title=A"),
        ("https://example.org/evil/../x?a=gd", "?a=gd"),
    ],
)
def test_a_link_is_opened_on_one_s_own_machine(link, expected):
    assert _beyond(link) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_is_made(kind):
    assert len(rendered(read(SCENE), kind, seconds=2.0)) > 100


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"kind": ".mp4"}, "only a browser"),
        ({"kind": ""}, "must end in"),
        ({"kind": ".gif", "size": "8K"}, "size must be"),
        ({"kind": ".gif", "seconds": 3600.0}, "lasts 2 to 60"),
        ({"kind": ".gif", "seconds": float("nan")}, "lasts 2 to 60"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(options, said):
    with pytest.raises(RenderError, match=said) as refused:
        rendered(read(SCENE), **options)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_is_made_of_a_network(kind):
    assert len(rendered(read(NETWORK), kind, seconds=2.0)) > 100


@pytest.mark.parametrize("before", ["", "https://example.org/", "http://localhost:8501/sub/path/"])
def test_a_network_has_its_trainings(before):
    scene = sigmascope.scene(before + NETWORK)
    assert list(scene.trainings) == ["a"]
    assert scene["a"].updates == 100
    assert scene.address["width"] == "8"
    assert isinstance(sigmascope.scene("https://example.org/network"), sigmascope.NetworkScene)


def test_a_notebook_of_a_million_updates_is_refused():
    with pytest.raises(RenderError, match="at most 20,000 updates"):
        rendered(read("a=gd&a.lr=1e-7&steps=30000"), ".ipynb")


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    assert main(["render", "a=gd&moon=1", "-o", str(tmp_path / "x.txt")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert main(["render", SCENE, "-o", str(tmp_path / "nowhere" / "x.json")]) == 2

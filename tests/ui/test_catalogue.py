"""The reference without a browser: what each card says, the comparison, and links to one entry."""

from collections import Counter
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from charts.theme import DARK, LIGHT
from charts.thumbnails import picture_of_path, picture_of_schedule, picture_of_surface
from engine.presets import try_it
from engine.simulate import simulate
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from spec.knobs import Real, knobs_of, readable
from surfaces import SURFACES
from ui.catalogue import epsilon_note
from ui.formula import equations

APP = str(Path(__file__).parents[2] / "lab.py")


def reference(**query):
    page = AppTest.from_file(APP, default_timeout=60)
    page.switch_page("pages/catalogue.py")
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


@pytest.fixture(scope="module")
def english():
    return reference()


def test_every_knob_is_in_a_table(english):
    tables = "\n".join(text.value for text in english.markdown if text.value.startswith("| Symbol"))
    for entry in (*SURFACES.values(), *OPTIMIZERS.values(), *SCHEDULES.values()):
        for name, knob in knobs_of(entry).items():
            value = getattr(entry(), name)
            written = readable(value) if isinstance(knob, Real) else knob.format(value)
            assert f"| `{name}` | `{written}` |" in tables
            assert knob.help in tables
    assert "| `c` | `2π` | 0 … 4π |" in tables


def test_epsilon_and_conventions_are_said(english):
    texts = "\n".join(text.value for text in english.markdown)
    assert "Epsilon stands outside the root in torch.optim.RMSprop, inside in Keras" in texts
    assert "As in Keras: `rho = 0.9`, `eps = 1e-7`, `place = inside`" in texts
    assert "Source" not in "".join(map(epsilon_note, OPTIMIZERS.values()))


def test_every_rule_with_an_epsilon_says_where_it_sits():
    for entry in OPTIMIZERS.values():
        if "eps" in knobs_of(entry):
            assert "psilon" in epsilon_note(entry), entry.slug


def test_critical_points_are_listed(english):
    texts = "\n".join(text.value for text in english.markdown)
    assert "- minimum (-188.433, 2.66945), loss 101,937" in texts
    assert "- saddle (0, 0), loss 0" in texts


def test_a_named_entry_comes_first():
    page = reference(entry="adam")
    assert page.query_params["entry"] in ("adam", ["adam"])
    shown = [heading.value for heading in page.header]
    assert shown[len(SURFACES)] == "Adam"
    assert sorted(shown[len(SURFACES) :][: len(OPTIMIZERS)]) == sorted(o.title for o in OPTIMIZERS.values())


def test_an_unknown_entry_is_said():
    page = reference(entry="moon")
    assert [warning.value for warning in page.warning] == ["entry=moon is not known and is left out."]


def test_two_optimizers_are_compared():
    page = reference()
    page.selectbox(key="compare:one").select("lion").run()
    assert not page.exception, page.exception
    whole = [
        "\n\n".join(rf"$\displaystyle {line}$" for line in equations(entry.latex)) for entry in OPTIMIZERS.values()
    ]
    shown = [text.value for text in page.markdown if text.value in whole]
    assert Counter(shown) - Counter(whole) == Counter(whole[list(OPTIMIZERS).index(slug)] for slug in ("lion", "adam"))


def test_the_reference_speaks_chinese():
    page = reference(lang="zh")
    texts = "\n".join(text.value for text in page.markdown)
    assert page.title[0].value == "目录"
    assert "均方根" in "\n".join(heading.value for heading in page.header)
    assert "临界点" in texts
    assert "Meaning" not in texts


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_entry_has_a_picture(theme):
    surfaces = [picture_of_surface(entry(), theme) for entry in SURFACES.values()]
    scenes = [try_it(entry) for entry in OPTIMIZERS.values()]
    paths = [picture_of_path(scene.surface, simulate(scene)[-1], theme) for scene in scenes]
    rates = [picture_of_schedule(try_it(entry), theme) for entry in SCHEDULES.values()]
    assert len(set(surfaces)) == len(surfaces) - 1  # in the place of what somebody brings stands an example
    assert len(set(paths)) > len(paths) / 2  # a rule may be another one until its knobs are turned
    for pictures in (surfaces, paths, rates):
        assert max(map(len, pictures)) < 12_000
    assert all(picture.count(",") > 50 for picture in (*paths, *rates))

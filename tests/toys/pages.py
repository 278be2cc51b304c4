"""The toys as a person meets them: in the address, in the menus of the lab, in the catalogue."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.simulate import simulate
from engine.url import decode

LAB = str(Path(__file__).parents[2] / "lab.py")
SCENE = {
    "surface": "toy-surface",
    "surface.steep": "0.5",
    "a": "toy-rule",
    "a.share": "0.25",
    "a.lr": "0.1",
    "a.sched": "toy-schedule",
    "steps": "100",
}


def test_the_toys_are_in_the_address():
    scenario, notes = decode(SCENE)
    assert not notes
    assert (scenario.surface.steep, scenario.runs[0].optimizer.share) == (0.5, 0.25)
    assert scenario.runs[0].schedule.slug == "toy-schedule"
    (trajectory,) = simulate(scenario)
    assert trajectory.loss[-1] < trajectory.loss[0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_toys_are_in_the_lab_and_in_the_catalogue(lang):
    page = AppTest.from_file(LAB, default_timeout=60)
    for key, text in (SCENE | {"lang": lang, "panels": "all"}).items():
        page.query_params[key] = text
    page.run()
    assert not page.exception, page.exception
    chosen = [page.selectbox(key=key).value for key in ("choose:surface", "choose:a", "choose:a.sched")]
    assert chosen == ["toy-surface", "toy-rule", "toy-schedule"]
    assert page.number_input(key="scene:a.share").value == 0.25
    reference = page.switch_page("pages/catalogue.py").run()
    assert not reference.exception, reference.exception
    assert {"Toy surface", "Toy rule", "Toy schedule"} <= {heading.value for heading in reference.header}

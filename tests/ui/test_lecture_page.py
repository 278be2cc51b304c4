"""The lecture without a browser: every chapter in both languages, its links, and the numbers that it states."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine.scale import Scale
from engine.scenario import Run
from engine.simulate import simulate_run
from engine.stability import crossings
from engine.url import decode, encode
from explain.lecture.chapters import CHAPTERS
from network.model import Network
from optimizers.rmsprop import RMSProp
from optimizers.rmsprop_lee import RMSPropLee
from surfaces.lecture_valley import INPUTS, TARGETS, LectureValley
from surfaces.valley import Valley
from tests.ui.app_page import address
from ui.formula import equations
from ui.text import WORDS, messages

APP = str(Path(__file__).parents[2] / "lab.py")
NUMBERS = range(1, len(CHAPTERS) + 1)
X, Y = np.array(INPUTS, float), np.array(TARGETS, float)


def lecture(**query):
    page = AppTest.from_file(APP, default_timeout=60)
    page.switch_page("pages/lecture.py")
    for key, value in query.items():
        page.query_params[key] = value
    return page.run()


def shown(page):
    return "\n".join(element.value for element in [*page.markdown, *page.title, *page.success, *page.info])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("number", NUMBERS)
def test_every_chapter_opens_and_answers_in_both_languages(number, lang):
    chapter = CHAPTERS[number - 1]
    page = lecture(chapter=str(number), lang=lang)
    assert not page.exception, page.exception
    assert address(page) == {"chapter": str(number), "lang": lang}
    spoken = WORDS.sub(lambda words: messages(lang).gettext(words[0]), chapter.formula)
    assert all(equation in shown(page) for equation in equations(spoken))
    page.radio(key=f"guess:{number}").set_value(chapter.question.right).run()
    assert len(page.success) == 1
    wrong = 1 - min(chapter.question.right, 1)
    page.radio(key=f"guess:{number}").set_value(wrong).run()
    assert len(page.info) == 1
    assert not page.exception, page.exception
    assert (str(chapter.sentence(chapter.question.because)) in shown(page)) == (lang == "en")


def test_an_unknown_chapter_is_said():
    page = lecture(chapter="12", moon="1")
    assert len(page.warning) == 2
    assert page.title[0].value.startswith("1 · ")


def test_an_unknown_language_is_said():
    page = lecture(lang="tlh")
    assert [warning.value for warning in page.warning] == ["lang=tlh is not known; en is used."]


def test_an_answer_holds_when_the_chapter_is_left():
    page = lecture(chapter="4")
    page.radio(key="guess:4").set_value(1).run()
    page.button(key="contents-5").click().run()
    assert page.radio(key="guess:5").value is None
    page.switch_page("pages/catalogue.py").run()
    page.switch_page("pages/lecture.py")
    page.query_params["chapter"] = "4"
    page.run()
    assert page.radio(key="guess:4").value == 1
    assert page.success or page.info


def test_the_lab_keeps_its_own_scene():
    page = AppTest.from_file(APP, default_timeout=60)
    page.query_params.update({"surface": "rosenbrock", "panels": "all"})
    page.run()
    page.switch_page("pages/lecture.py").run()
    page.radio(key="guess:1").set_value(0).run()
    page.switch_page("lab.py").run()
    assert address(page)["surface"] == "rosenbrock"


def scenes():
    for number, chapter in zip(NUMBERS, CHAPTERS, strict=True):
        yield pytest.param(chapter.scene, id=f"{number}")
        for place, change in enumerate(chapter.changes):
            yield pytest.param(change.scene, id=f"{number}-{place}")


@pytest.mark.parametrize("scene", list(scenes()))
def test_every_scene_is_a_link(scene):
    assert decode(encode(scene)) == (scene, ())


@cache
def runs(number):
    scene = CHAPTERS[number - 1].scene
    return [simulate_run(scene, run) for run in scene.runs]


def away(trajectory):
    """How far w is from the valley floor, the best w for each b."""
    b, w = trajectory.theta.T
    return np.abs(w - (X @ Y - b * X.sum()) / (X @ X))


def blow_outs(trajectory):
    """The updates at which w leaves the floor by more than 0.05, after at least 50 updates near it."""
    far = np.flatnonzero(away(trajectory) > 0.05)
    first_of_each = far[np.flatnonzero(np.diff(far, prepend=-1) > 50)]
    return first_of_each.tolist()


def first_steps(number):
    return [np.abs(np.diff(trajectory.theta, axis=0)) for trajectory in runs(number)]


def stuck():
    bouncing, calm = runs(1)
    return {
        "updates": bouncing.updates,
        "share": 100 * bouncing.grad_norm[-1] / bouncing.grad_norm[0],
        "first": calm.grad_norm[0],
        "small": calm.grad_norm[-1],
    }


def valley():
    surface = LectureValley()
    (minimum,) = surface.critical_points
    h_bb, h_bw, h_ww = (float(h) for h in surface.hessian_array(0.0, 0.0))
    low, high = np.linalg.eigvalsh([[h_bb, h_bw], [h_bw, h_ww]])
    slow, fast, lost = runs(2)
    assert lost.outcome.ending == "diverged"
    return {
        "condition": high / low,
        "limit": 2 / high,
        "slow": slow.theta[-1, 0],
        "fast": fast.theta[-1, 0],
        "minimum": minimum.x,
        "gone": lost.outcome.update,
    }


def root_mean_square():
    plain, mean, total = runs(3)
    assert np.abs(mean.theta[1] - mean.theta[0]) == pytest.approx([1.0, 1.0])
    return {
        "ratio": plain.grad[0, 1] / plain.grad[0, 0],
        "updates": mean.updates,
        "mean": mean.theta[-1, 0],
        "sum": total.theta[-1, 0],
        "plain": plain.theta[-1, 0],
    }


def first_rise(run):
    """The first update that raises the loss, which is where the curvature along the gradient crosses 2."""
    along = Scale.of(run).curvature_along(LectureValley(), run.theta[:-1], run.grad[:-1])
    rise = np.argmax(np.diff(run.loss) > 0)
    assert rise == np.argmax(along > 2)
    return rise


def blow_out():
    (run,) = runs(4)
    (up, down), (seen, following) = crossings(run), blow_outs(run)
    return {
        "updates": run.updates,
        "crossed": up[0],
        "rises": first_rise(run),
        "growth": np.abs(1 - run.sharpness[up[0] : first_rise(run)]).prod() / 1e12,
        "seen": seen,
        "far": away(run)[500:].max(),
        "back": down[0],
        "again": up[1],
        "next": following,
    }


def decay():
    constant, falling = runs(5)
    assert blow_outs(falling) == []
    return {
        "count": len(blow_outs(constant)),
        "updates": falling.updates,
        "peak": falling.sharpness.max(),
        "slow": falling.theta[-1, 0],
        "minimum": LectureValley.critical_points[0].x,
    }


def warm_up():
    cold, short, long = runs(6)
    assert blow_outs(long) == []
    return {
        "first": blow_outs(cold)[0],
        "updates": cold.updates,
        "slow": np.flatnonzero(away(long) < 0.05)[0],
        "fast": np.flatnonzero(away(cold) < 0.05)[0],
        "ratio": long.sigma[700, 1] / cold.sigma[700, 1],
        "calm": long.sharpness[700],
        "sharp": cold.sharpness[700],
        "late": blow_outs(short)[0],
        "crossed": crossings(long)[0][0],
    }


def rmsprop():
    lee, ng = (steps[0] for steps in first_steps(7))
    scene = replace(CHAPTERS[6].scene, steps=1)
    more = [
        abs(np.diff(simulate_run(scene, Run(rule, 0.1)).theta[:, 0])[0])
        for rule in (RMSPropLee(rho=0.999), RMSProp(rho=0.999, eps=0.0))
    ]
    return {
        "lee": lee[0],
        "ng": ng[1],
        "factor": ng[0] / lee[0],
        "more": more[1] / more[0],
        "memory": 1 / (1 - CHAPTERS[6].scene.runs[0].optimizer.rho),
    }


def adam():
    corrected, uncorrected, rectified = first_steps(8)
    bare = int(np.flatnonzero(rectified[1:, 0] < rectified[:-1, 0] / 10)[0]) + 1
    return {
        "adam": corrected[0, 0],
        "factor": uncorrected[0, 0] / corrected[0, 0],
        "uncorrected": uncorrected[0, 0],
        "bare": bare,
        "radam": rectified[0, 0],
        "rectified": rectified[bare, 0],
    }


def summary():
    plain, divided, decayed, averaged = runs(9)
    assert blow_outs(averaged) == []
    return {
        "plain": plain.theta[-1, 0],
        "early": blow_outs(divided)[0],
        "late": blow_outs(decayed)[0],
        "peak": averaged.sharpness.max(),
        "limit": averaged.limit,
        "end": averaged.theta[-1, 0],
        "minimum": LectureValley.critical_points[0].x,
    }


def turned_valley():
    _, adam_run, shampoo_run = runs(10)
    scene = CHAPTERS[9].scene
    straight = simulate_run(replace(scene, surface=Valley(kappa=100.0)), scene.runs[1])
    ratios = adam_run.sigma[:, 0] / adam_run.sigma[:, 1]
    weights = Network().size
    return {
        "straight": straight.loss[-1],
        "updates": adam_run.updates,
        "turned": adam_run.loss[-1],
        "ratio": 100 * ratios[-1],
        "shampoo": shampoo_run.loss[-1],
        "spread": shampoo_run.sigma[-1].max() / shampoo_run.sigma[-1].min(),
        "angle": abs(np.degrees(shampoo_run.angle[-1])),
        "weights": weights,
        "entries": weights**2,
    }


def edge():
    calm, thrown = runs(11)
    assert [run.outcome.ending for run in (calm, thrown)] == ["floor", "floor"]
    assert (thrown.theta[-1] ** 2).sum() < 2 / 0.2 < (calm.theta[-1] ** 2).sum() < 2 / 0.1
    return {
        "high": thrown.loss.max(),
        "flat": (thrown.theta[-1] ** 2).sum(),
        "sharp": (calm.theta[-1] ** 2).sum(),
    }


MEASURED = (
    stuck,
    valley,
    root_mean_square,
    blow_out,
    decay,
    warm_up,
    rmsprop,
    adam,
    summary,
    turned_valley,
    edge,
)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_engine_confirms_every_number_in_the_text(number):
    """A count exactly, anything else to as many digits as are stated."""
    stated, measured = CHAPTERS[number - 1].numbers, MEASURED[number - 1]()
    assert stated.keys() == measured.keys()
    for name, value in stated.items():
        if isinstance(measured[name], int | np.integer):
            assert value == measured[name], name
        else:
            assert float(f"{measured[name]:.{digits(value)}g}") == value, name


def digits(number):
    """How many digits of a number are significant as it is written."""
    return len(f"{abs(number):.10g}".partition("e")[0].replace(".", "").strip("0"))


def test_the_changes_do_what_they_say():
    def trajectory(number, change, run):
        scene = CHAPTERS[number - 1].changes[change].scene
        return simulate_run(scene, scene.runs[run])

    assert away(trajectory(1, 0, 0))[-1] < 0.1
    assert away(trajectory(1, 1, 0))[-1] > 2 * away(trajectory(1, 1, 0))[1]
    assert trajectory(2, 0, 0).outcome.ending == "converged"
    assert trajectory(3, 0, 2).theta[-1, 0] < -150
    assert len(crossings(trajectory(4, 0, 0))[0]) == 0
    assert len(blow_outs(trajectory(4, 1, 0))) == 8
    gentle = trajectory(5, 0, 1)
    assert blow_outs(gentle) == []
    assert gentle.theta[-1, 0] == pytest.approx(-188.4, abs=0.1)
    assert blow_outs(trajectory(5, 1, 1)) == []
    assert trajectory(6, 0, 2).sharpness.max() < 1
    assert blow_outs(trajectory(6, 1, 2)) == []
    equal = [np.abs(np.diff(trajectory(8, 0, run).theta[:2, 0])) for run in (0, 1)]
    assert equal[0] == pytest.approx(equal[1])
    averaged = trajectory(9, 1, 3)
    assert averaged.limit == pytest.approx(6.0)
    assert trajectory(10, 0, 1).loss[-1] < 1e-10
    assert trajectory(10, 1, 2).loss[-1] < 1e-2
    assert (trajectory(11, 0, 1).theta[-1] < 0.0).all()
    assert (trajectory(11, 0, 1).theta[-1] ** 2).sum() < 2.1
    heavy = trajectory(11, 1, 1)
    assert heavy.limit == pytest.approx(3.8)
    assert (heavy.theta[-1] ** 2).sum() == pytest.approx(2.4, abs=0.05)
    for run in (1, 2, 3):
        tamed = trajectory(9, 0, run)
        assert (blow_outs(tamed) == []) == (run > 1)

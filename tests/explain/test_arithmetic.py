"""The arithmetic of a step: its numbers are the trajectory's, and fit each other, to the digits shown."""

import math
import re

import numpy as np
import pytest

from engine.presets import PRESETS
from engine.scenario import Run, Scenario
from engine.simulate import simulate_run
from engine.suggest import suggest_learning_rate
from explain.arithmetic import step_latex, step_lines, step_text
from explain.lines import DIGITS, number_latex, number_text
from optimizers import OPTIMIZERS
from optimizers.adagrad_rms import AdagradRMS
from optimizers.adamw import AdamW
from surfaces.rosenbrock import Rosenbrock
from surfaces.saddle import Saddle

HALF_DIGIT = 0.5 * 10.0 ** (1 - DIGITS)
UPDATES = [0, 1, 7, 59]


def numbers(latex):
    """All the numbers of a piece of LaTeX, in order."""
    found = re.findall(r"(-?\d+(?:\.\d+)?)(?: \\cdot 10\^\{(-?\d+)\})?", latex)
    return [float(mantissa) * 10.0 ** int(exponent or 0) for mantissa, exponent in found]


def shown(line):
    """The number behind the last sign of equality, as it is shown."""
    (value,) = numbers(line.latex.rpartition("=")[2])
    return value


def worked(line):
    return numbers(line.worked)


def value_of(worked):
    """What a worked part comes to, and the largest of its products."""
    plain = re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", worked).replace(r"\times", "*").replace(r"\infty", "inf")
    products = [eval(part, {"inf": math.inf}) for part in re.split(r" [+-] ", plain)]
    return eval(plain, {"inf": math.inf}), max(map(abs, products))


def assert_turned_lines_add_up(scene, run, trajectory, axis):
    name = scene.surface.axes[axis]
    for t in UPDATES:
        lines = {line.left: line for line in step_lines(scene, run, trajectory, t, axis)}
        known = {f"g_{{{name},{t}}}": trajectory.grad[t, axis], f"{name}_{{{t + 1}}}": trajectory.theta[t + 1, axis]}
        known |= {rf"\sigma_{{{a}',{t}}}": s for a, s in zip("xy", trajectory.sigma[t], strict=True)}
        for left, value in known.items():
            assert shown(lines[left]) == pytest.approx(value, rel=HALF_DIGIT)
        for line in lines.values():
            if line.worked:
                value, largest = value_of(line.worked)
                assert line.value == pytest.approx(value, abs=6 * HALF_DIGIT * largest)
        xx, xy, yy = (lines[f"S_{{{a},{t}}}"].value for a in ("xx", "xy", "yy"))
        np.testing.assert_allclose(np.linalg.eigvalsh([[xx, xy], [xy, yy]]), sorted(trajectory.sigma[t]), rtol=1e-6)


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
def test_what_is_shown_is_the_trajectory_and_adds_up(kind, axis):
    surface = Rosenbrock()
    run = Run(kind(), suggest_learning_rate(surface, surface.start, kind()))
    scene = Scenario(surface, surface.start, 60, (run,))
    trajectory = simulate_run(scene, run)
    if trajectory.angle is not None:
        assert_turned_lines_add_up(scene, run, trajectory, axis)
        return
    for t in UPDATES:
        g, m, sigma, mu, rate, step, *_, after = step_lines(scene, run, trajectory, t, axis)
        arrays = (trajectory.grad, trajectory.m, trajectory.sigma, trajectory.rate)
        for line, array in zip((g, m, sigma, rate), arrays, strict=True):
            assert shown(line) == pytest.approx(array[t, axis], rel=HALF_DIGIT, abs=1e-300)
        assert shown(mu) == pytest.approx(trajectory.lr[t], rel=HALF_DIGIT)
        assert shown(after) == pytest.approx(trajectory.theta[t + 1, axis], rel=HALF_DIGIT)
        product = math.prod(worked(step)) if step.worked else 0.0
        assert shown(step) == pytest.approx(product, rel=4 * HALF_DIGIT, abs=1e-300)
        assert shown(rate) == pytest.approx(worked(rate)[0] / worked(rate)[1], rel=4 * HALF_DIGIT)
        before, *taken = worked(after)
        assert shown(after) == pytest.approx(before - sum(taken), abs=3 * HALF_DIGIT * max(map(abs, (before, *taken))))


def test_decoupled_weight_decay_is_a_line_of_its_own():
    run = Run(AdamW(weight_decay=0.1), 0.05)
    scene = Scenario(Rosenbrock(), (-1.2, 1.0), 5, (run,))
    lines = step_lines(scene, run, simulate_run(scene, run), 0, 0)
    assert lines[-2].text == "μ_0 * λ * x_0 = 0.05 * 0.1 * (-1.2) = -0.006"
    assert lines[-1].text.startswith("x_1 = -1.2 - (-0.05) - (-0.006) = -1.144")


def test_the_lectures_step_reads_like_the_formula():
    scene = PRESETS["blow-out"][1]
    run = scene.runs[0]
    lines = step_lines(scene, run, simulate_run(scene, run), 512, 1)
    assert lines[4].latex.startswith(r"\mu_{512} / \sigma_{w,512} & = 1 / ")
    assert lines[5].latex.startswith(r"(\mu_{512} / \sigma_{w,512}) \, m_{w,512} & = ")
    assert lines[-1].text.startswith("w_513 = 2.56913 - ")
    assert step_text(lines).count("\n") == len(lines) - 1
    assert step_latex(lines).count(r"\\") == len(lines) - 1


def test_an_axis_without_gradient_stands_still():
    run = Run(AdagradRMS(), 0.1)
    scene = Scenario(Saddle(), (1.0, 0.0), 3, (run,))
    lines = step_lines(scene, run, simulate_run(scene, run), 1, 1)
    assert lines[4].latex.endswith(r"0.1 / 0 = \infty")
    assert lines[5].text.endswith(" m_y,1 = 0")
    assert lines[-1].text == "y_2 = 0 - 0 = 0"


def test_an_update_outside_the_run_is_refused():
    run = Run(AdagradRMS(), 0.1)
    scene = Scenario(Saddle(), (1.0, 0.5), 3, (run,))
    trajectory = simulate_run(scene, run)
    for update in (-1, 3):
        with pytest.raises(IndexError, match=r"update must lie in \[0, 2\]"):
            step_lines(scene, run, trajectory, update, 0)


@pytest.mark.parametrize(
    ("value", "latex", "text"),
    [
        (0.05, "0.05", "0.05"),
        (-1234567.0, r"-1.23457 \cdot 10^{6}", "-1.23457e+06"),
        (1e-8, r"1 \cdot 10^{-8}", "1e-08"),
        (0.0, "0", "0"),
        (np.inf, r"\infty", "inf"),
        (-np.inf, r"-\infty", "-inf"),
        (np.nan, r"\mathrm{NaN}", "nan"),
    ],
)
def test_numbers(value, latex, text):
    assert number_latex(value) == latex
    assert number_text(value) == text

"""A whole run as Python text that stands alone, in NumPy, with the rule written out."""

import math
from collections.abc import Mapping
from typing import Any

from engine.around import moving_momentum, with_a_momentum
from engine.noise import has_batches
from engine.scale import recorded_coupled_move, recorded_move
from engine.scenario import Run, Scenario
from engine.window import median_gradient
from export.excerpt import Excerpt, body, formula
from export.formula_code import data_code, gradient_code, sights_code
from optimizers.base import Coupled, Optimizer, PerAxis
from schedules.base import WarmUp, momenta, warmed_up
from schedules.constant import Constant
from xp.code import in_lines, on_arrays

KEPT = {"theta": "theta", "sigma": "sigma + np.zeros(2)", "lr": "mu"}
"""What a notebook keeps of each update, and how it is called in the loop."""

MATRIX = "((s_xx, s_xy), (s_xy, s_yy))"
EIGENVALUES = f"np.linalg.eigvalsh({MATRIX}) if np.isfinite({MATRIX}).all() else np.full(2, np.nan)"
"""What it keeps of a matrix in the place of sigma."""


def numpy_snippet(scenario: Scenario, run: Run, updates: int | None = None) -> str:
    """Return a script that makes the run and prints its last point.

    updates: how many updates it makes, all by default; fewer where the run stopped before its end.
    """
    batches = has_batches(scenario.surface, scenario.noise)
    parts = [
        "import math\nfrom collections import namedtuple\n\nimport numpy as np",
        facts(scenario, run),
        gradient_code(scenario.surface, batches),
        _sights(scenario, run),
        rule_code(with_a_momentum(run.optimizer, run.schedule)),
        rates_code(run),
        momentum_code(run),
        noise_code(scenario),
        _numpy_loop(scenario, run, updates_made(scenario, updates)) + "\nprint(theta)",
    ]
    return "\n\n\n".join(filter(None, parts)) + "\n"


def notebook_code(scenario: Scenario, run: Run, name: str, updates: int | None = None) -> str:
    """Return what makes the run and keeps it as `runs[name]`: its points, scales and learning rates.

    `gradient` and the modules are there already, as in `numpy_snippet`.
    """
    parts = [
        facts(scenario, run),
        _sights(scenario, run),
        rule_code(with_a_momentum(run.optimizer, run.schedule)),
        rates_code(run),
        momentum_code(run),
        noise_code(scenario),
        _numpy_loop(scenario, run, updates_made(scenario, updates), keeps=True),
        f"runs[{name!r}] = {{what: np.array(values) for what, values in kept.items()}}",
    ]
    return "\n\n\n".join(filter(None, parts))


def facts(scenario: Scenario, run: Run) -> str:
    """Write out where the run starts, how many updates it may make, and its learning rate."""
    clip = f"\nclip = {run.clip.value!r}" if run.clip.value else ""
    return f"start = {tuple(scenario.start)!r}\nsteps = {scenario.steps}\nlr = {run.lr!r}{clip}{_walls(scenario)}"


def _walls(scenario: Scenario) -> str:
    if not scenario.box:
        return ""
    walls = {"low": scenario.box.low, "high": scenario.box.high}
    written = [f"{name} = ({', '.join(map(_number, wall))})" for name, wall in walls.items()]
    return "\n" + "\n".join(written)


def _number(value: float) -> str:
    return repr(value) if math.isfinite(value) else f"{'-' * (value < 0)}math.inf"


def box_code(scenario: Scenario) -> list[str]:
    """Write out that the point is put back into its box, in the lines of a loop."""
    return ["    theta = np.clip(theta, low, high)"] if scenario.box else []


def updates_made(scenario: Scenario, updates: int | None) -> str:
    """Write out how many updates are made: a number only where it is not `steps`."""
    return "steps" if updates in (None, scenario.steps) else str(updates)


def _sights(scenario: Scenario, run: Run) -> str:
    return sights_code(scenario.surface, run.optimizer.sees) if isinstance(run.optimizer, Coupled) else ""


def rule_code(optimizer: Optimizer) -> str:
    """Write out a rule as `init` and `update`."""
    state = type(optimizer.init(0.0))
    fields = ", ".join(f'"{name}"' for name in state._fields)
    named = f'{state.__name__} = namedtuple("{state.__name__}", [{fields}])'
    if isinstance(optimizer, Coupled):
        named += '\nSeen = namedtuple("Seen", ["g", "loss", "hessian"])'
    looks = ["offsets"] if isinstance(optimizer, PerAxis) and optimizer.ghosts else []
    return f"{named}\n{Excerpt(optimizer, ['init', 'update', *looks]).definitions}"


def is_constant(run: Run) -> bool:
    """Return whether the learning rate stays as it is."""
    return run.schedule == Constant() and run.warmup.steps == 0


def clip_code(run: Run) -> list[str]:
    """Write out what is cut off a gradient, in the lines of a loop."""
    return ["    g = np.clip(g, -clip, clip)"] if run.clip.value else []


def momentum_code(run: Run) -> str:
    """Write out the momentum of every update as `momenta`, where the schedule moves it."""
    if not moving_momentum(run.optimizer, run.schedule):
        return ""
    code = Excerpt(run.schedule, ["momentum"])
    lines = [code.definitions.replace("\n\n\n", "\n\n"), "", *_shifted(run, code.name("momentum"))]
    return "def moving_momenta():\n" + _indented("\n".join(lines)) + "\n\n\nmomenta = moving_momenta()"


def _shifted(run: Run, name: str) -> list[str]:
    return body(momenta, {"schedule.momentum": name, "warmup.steps": str(run.warmup.steps)})


def moves_code(run: Run) -> list[str]:
    """Write out that an update has a momentum of its own, in the lines of a loop."""
    name = moving_momentum(run.optimizer, run.schedule)
    rule = with_a_momentum(run.optimizer, run.schedule)
    return [f"    {Excerpt(rule, ['init', 'update']).name(name)} = momenta[t]"] if name else []


def rates_code(run: Run) -> str:
    """Write out the learning rate of every update as `rates`."""
    if is_constant(run):
        return "rates = np.full(steps, lr)"
    factor = Excerpt(run.schedule, ["factor"]).definitions
    lines = [factor.replace("\n\n\n", "\n\n"), "", *_rates(run.warmup)]
    return "def learning_rates():\n" + _indented("\n".join(lines)) + "\n\n\nrates = learning_rates()"


def _rates(warmup: WarmUp) -> list[str]:
    if not warmup.steps:
        return ["t = np.arange(steps)", "return lr * factor(t, steps)"]
    names = {"steps": "warm_updates", "start": "warm_start", "power": "warm_power"}
    rise = formula(warmup, "rise", names)
    given = {"schedule.factor": "factor", "warmup.steps": "warm_updates", "warmup.rise(t)": rise}
    power = [f"warm_power = {warmup.power!r}"] if warmup.shape == "polynomial" else []
    return [f"warm_updates, warm_start = {warmup.steps}, {warmup.start!r}", *power, *body(warmed_up, given)]


def noise_code(scenario: Scenario) -> str:
    """Write out what disturbs the gradients: `batches` of `data`, and `noise`, where there are any."""
    noise, surface = scenario.noise, scenario.surface
    lines = []
    if has_batches(surface, noise):
        batches = formula(noise, "batches", {"seed": str(noise.seed), "size": "len(data)"})
        lines += [data_code(surface), f"batch = {noise.batch}", f"batches = {batches}"]
    if noise.level:
        draws = formula(noise, "draws", {"seed": str(noise.seed)})
        lines.append(f"noise = {noise.level * median_gradient(surface)!r} * {draws}")
    return "\n".join(lines)


def _numpy_loop(scenario: Scenario, run: Run, updates: str, keeps: bool = False) -> str:
    rule = run.optimizer
    at = "theta" if place_code(rule) == "theta" else "look"
    gradient = f"np.array(gradient(*{at}.tolist()))"
    if has_batches(scenario.surface, scenario.noise):
        slopes = f"[gradient(*{at}.tolist(), data[n]) for n in batches[t]]"
        gradient = f"len(data) / batch * np.sum({slopes}, axis=0)"
    lines = [
        *([f"    look = {place_code(rule)}"] if at == "look" else []),
        f"    mu, g = rates[t], {gradient}{' + noise[t]' if scenario.noise.level else ''}",
        *clip_code(run),
        *moves_code(run),
        *update_code(rule),
        *box_code(scenario),
    ]
    head = ["theta = np.array(start)", f"state = init({zero_code(rule)})", f"for t in range({updates}):"]
    if keeps:
        head.insert(2, 'kept = {"theta": [theta], "sigma": [], "lr": []}')
        kept = KEPT | ({"sigma": EIGENVALUES} if isinstance(rule, Coupled) else {})
        lines += [f'    kept["{what}"].append({value})' for what, value in kept.items()]
    return "\n".join([*head, *lines])


SIGHTS = {"loss": "value(*theta.tolist())", "hessian": "hessian(*theta.tolist())"}
"""How a rule that couples the axes is told what it asks for besides the gradient."""


def update_code(rule: Optimizer, looks: Mapping[str, str] = SIGHTS) -> list[str]:
    """Write out an update of `theta` from the gradient `g` at the rate `mu`, in the lines of a loop."""
    if isinstance(rule, Coupled):
        return _coupled(rule, looks)
    return ["    m, sigma, state = update(g, state, t, mu)", *moved_code(rule)]


def zero_code(rule: Optimizer) -> str:
    """Write out the zero that a rule's state begins with."""
    return "np.float64(0.0)" if isinstance(rule, Coupled) else "np.zeros(2)"


def place_code(rule: Optimizer) -> str:
    """Write out where a rule takes its gradient."""
    return "theta + offsets(state)[0]" if isinstance(rule, PerAxis) and rule.ghosts else "theta"


def _coupled(rule: Coupled, looks: Mapping[str, str]) -> list[str]:
    """Write out an update whose scale is a matrix, and its move, as the engine makes it."""
    seen = ["tuple(g)", *(looks[sight] if sight in rule.sees else "None" for sight in looks)]
    tape, moved = recorded_coupled_move(rule.weight_decay)
    names = ["theta[0]", "theta[1]", "m_x", "m_y", "s_xx", "s_xy", "s_yy", "mu"]
    lines = [
        'with np.errstate(all="ignore"):',
        f"    (m_x, m_y), (s_xx, s_xy, s_yy), state = update(Seen({', '.join(seen)}), state, t, mu)",
        *(f"    {line}" for line in in_lines(tape, names, ["x", "y"], moved, for_arrays=True)),
        "theta = np.array([x, y])",
    ]
    return [f"    {line}" for line in lines]


def moved_code(optimizer: Any) -> list[str]:
    """Write out the move, as the engine makes it, in the lines of a loop."""
    tape, moved = recorded_move(optimizer.weight_decay, optimizer.scale_may_vanish)
    line = f"    theta = {on_arrays(tape, ['theta', 'm', 'sigma', 'mu'], moved)}"
    if not optimizer.scale_may_vanish:
        return [line]
    return ['    with np.errstate(divide="ignore", invalid="ignore"):', f"    {line}"]


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())

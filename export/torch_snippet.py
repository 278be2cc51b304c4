"""A whole run as a PyTorch script: with torch.optim where that has the rule, else with the rule written out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.around import moving_momentum, with_a_momentum
from engine.noise import has_batches
from engine.scenario import Run, Scenario
from export.formula_code import torch_loss_code
from export.snippets import (
    box_code,
    clip_code,
    facts,
    is_constant,
    momentum_code,
    moves_code,
    noise_code,
    place_code,
    rates_code,
    rule_code,
    update_code,
    updates_made,
    zero_code,
)
from spec.sentences import SentenceError

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Counterpart:
    """What torch.optim calls a rule, its arguments, and the knob values without which it is another rule."""

    name: str
    arguments: Callable[[Any], Arguments] = lambda _: {}
    only_with: Mapping[str, Any] = field(default_factory=dict)
    follows_schedules: bool = True

    def matches(self, run: Run) -> bool:
        """Return whether torch.optim moves as this run does."""
        same = all(getattr(run.optimizer, name) == value for name, value in self.only_with.items())
        return same and (self.follows_schedules or is_constant(run))


def _moments(o: Any) -> Arguments:
    return {"betas": (o.beta1, o.beta2), "eps": o.eps}


TORCH = {
    "gd": Counterpart("SGD"),
    "momentum": Counterpart("SGD", lambda o: {"momentum": o.beta}, {"form": "ball", "rate": "outside"}),
    "nesterov": Counterpart("SGD", lambda o: {"momentum": o.beta, "nesterov": o.beta > 0}, {"rate": "outside"}),
    "adagrad": Counterpart(
        "Adagrad", lambda o: {"eps": o.eps, "initial_accumulator_value": o.initial}, {"place": "outside"}
    ),
    "adadelta": Counterpart("Adadelta", lambda o: {"rho": o.rho, "eps": o.eps}),
    "rmsprop": Counterpart(
        "RMSprop",
        lambda o: {"alpha": o.rho, "eps": o.eps, "centered": o.centered, "momentum": o.momentum},
        {"place": "outside"},
    ),
    "adam": Counterpart("Adam", _moments, {"place": "outside", "corrected": True}),
    "amsgrad": Counterpart("Adam", lambda o: _moments(o) | {"amsgrad": True}),
    "adamw": Counterpart("AdamW", lambda o: _moments(o) | {"weight_decay": o.weight_decay}),
    "adamax": Counterpart("Adamax", _moments, {"place": "inside"}),
    "nadam": Counterpart("NAdam", lambda o: _moments(o) | {"momentum_decay": o.psi}, {"scheduled": True}),
    "radam": Counterpart("RAdam", _moments, {"early": "momentum"}),
    "rprop": Counterpart(
        "Rprop",
        lambda o: {"etas": (o.shrink, o.grow), "step_sizes": (o.least, o.most)},
        follows_schedules=False,
    ),
}
"""The rules of torch.optim, by the slug of the same rule here; tests/golden checks them."""


def torch_optimizer(run: Run) -> tuple[str, Arguments] | None:
    """Return the name in torch.optim and the arguments of the run's rule, None where there is none."""
    found = TORCH.get(run.optimizer.slug)
    if not found or not found.matches(run):
        return None
    name = moving_momentum(run.optimizer, run.schedule)
    arguments = found.arguments(with_a_momentum(run.optimizer, run.schedule))
    return None if name and not {"betas", "momentum"} & arguments.keys() else (found.name, arguments)


def torch_snippet(scenario: Scenario, run: Run, updates: int | None = None) -> str:
    """Return a script that makes the run with PyTorch's gradients and prints its last point.

    With torch.optim where that moves as the run does; else the rule is written out, as in `numpy_snippet`.
    updates: as there. Raises SentenceError where the surface has no formula.
    """
    if not scenario.surface.has_formula:
        raise SentenceError("This surface was measured: it has no formula for PyTorch to differentiate.")
    found = torch_optimizer(run)
    if found is None:
        return _written_out(scenario, run, updates_made(scenario, updates))
    name, arguments = found
    written = "".join(f", {key}={value!r}" for key, value in arguments.items())
    parts = [
        "import math\n\nimport numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)",
        facts(scenario, run),
        torch_loss_code(scenario.surface, has_batches(scenario.surface, scenario.noise)),
        rates_code(run),
        momentum_code(run),
        noise_code(scenario),
        f"theta = torch.tensor(start, requires_grad=True)\noptimizer = torch.optim.{name}([theta], lr=lr{written})",
        _loop(scenario, run, arguments, updates_made(scenario, updates)),
    ]
    return "\n\n\n".join(filter(None, parts)) + "\n"


def _written_out(scenario: Scenario, run: Run, updates: str) -> str:
    rule, has_parts = run.optimizer, has_batches(scenario.surface, scenario.noise)
    whole = "sum(loss(*{0}, datum) for datum in data)" if has_parts else "loss(*{0})"
    seen = "(len(data) / batch * sum(loss(*point, data[n]) for n in batches[t]))" if has_parts else "loss(*point)"
    hessian = f"torch.autograd.functional.hessian(lambda p: {whole.format('p')}, torch.tensor(theta)).flatten()"
    looks = {
        "loss": f"{whole.format('torch.tensor(theta)')}.item()",
        "hessian": f"tuple({hessian}[[0, 1, 3]].tolist())",
    }
    loop = [
        "theta = np.array(start)",
        f"state = init({zero_code(rule)})",
        f"for t in range({updates}):",
        f"    point = torch.tensor({place_code(rule)}, requires_grad=True)",
        f"    {seen}.backward()",
        f"    mu, g = rates[t], point.grad.numpy(){' + noise[t]' if scenario.noise.level else ''}",
        *clip_code(run),
        *moves_code(run),
        *update_code(rule, looks),
        *box_code(scenario),
        "print(theta.tolist())",
    ]
    head = "import math\nfrom collections import namedtuple\n\nimport numpy as np\nimport torch\n\n"
    parts = [
        f"{head}torch.set_default_dtype(torch.float64)",
        facts(scenario, run),
        torch_loss_code(scenario.surface, has_parts),
        rule_code(with_a_momentum(rule, run.schedule)),
        rates_code(run),
        momentum_code(run),
        noise_code(scenario),
        "\n".join(loop),
    ]
    return "\n\n\n".join(filter(None, parts)) + "\n"


def _loop(scenario: Scenario, run: Run, arguments: Arguments, updates: str) -> str:
    loss = "loss(*theta)"
    if has_batches(scenario.surface, scenario.noise):
        loss = "(len(data) / batch * sum(loss(*theta, data[n]) for n in batches[t]))"
    lines = [f"for t in range({updates}):", '    optimizer.param_groups[0]["lr"] = float(rates[t])']
    if moving_momentum(run.optimizer, run.schedule):
        lines.append(_moved(arguments))
    lines += ["    optimizer.zero_grad()", f"    {loss}.backward()"]
    if scenario.noise.level:
        lines.append("    theta.grad += torch.from_numpy(noise[t])")
    if run.clip.value:
        lines.append("    torch.nn.utils.clip_grad_value_([theta], clip)")
    lines.append("    optimizer.step()")
    if scenario.box:
        lines.append("    theta.data.clamp_(torch.tensor(low), torch.tensor(high))")
    return "\n".join([*lines, "print(theta.tolist())"])


def _moved(arguments: Arguments) -> str:
    """Write out that an update has a momentum of its own."""
    if "betas" in arguments:
        return f'    optimizer.param_groups[0]["betas"] = float(momenta[t]), {arguments["betas"][1]!r}'
    return '    optimizer.param_groups[0]["momentum"] = float(momenta[t])'

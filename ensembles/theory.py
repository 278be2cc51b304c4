"""What theory knows of a plane of learning rate and momentum on a quadratic.

With a = mu lambda, lambda an eigenvalue of the Hessian (of sigma^-1 H with sigma held still, for a rule that has one)
and b the memory, the distance from the minimum obeys a recursion whose characteristic polynomial is

    gradient descent   r = 1 - a                                            stable for a < 2
    heavy ball         r^2 - (1 + b - a) r + b                              a < 2 (1 + b)
    average            heavy ball with a (1 - b)                            a < 2 (1 + b) / (1 - b)
    Nesterov           r^2 - (1 + b) (1 - a) r + b (1 - a)                  a < (2 + 2 b) / (1 + 2 b)
    QHM(nu)            r^2 - [1 + b - a (1 - nu b)] r + b [1 - a (1 - nu)]  a < 2 (1 + b) / (1 + b - 2 nu b)

The largest |r| over both eigenvalues is the factor by which the distance shrinks in the end. Heavy ball is critically
damped where a = (1 +- sqrt b)^2. For curvatures from m to L = k m it is fastest at mu = (2 / (sqrt L + sqrt m))^2 and
sqrt b = (sqrt k - 1) / (sqrt k + 1), where that factor is sqrt b (Polyak).
Sources: arXiv 2207.14484; doi 10.23915/distill.00006.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.fields import RUN_KEYS
from engine.scenario import Scenario
from engine.trajectory import Floats
from optimizers.base import Optimizer
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.nesterov import Nesterov
from optimizers.qhm import QHM
from spec.sentences import Sentence
from surfaces.base import Surface


@dataclass(frozen=True)
class Theory:
    """What is known of one run's plane of learning rate and memory.

    memory: the name of the memory's field, "" for a rule without one. curvatures: (m, L), the eigenvalues of H.
    """

    rule: Optimizer
    memory: str
    curvatures: tuple[float, float]

    def spectral_radius(self, rates: Floats, memories: Floats) -> Floats:
        """Return the largest |r| over both eigenvalues; rates and memories broadcast."""
        radii = [_radius(*self._polynomial(rate * rates, memories)) for rate in self.curvatures]
        return np.maximum(*radii)

    def boundary(self, memories: Floats) -> Floats:
        """Return the learning rate above which the run is unstable, for each memory."""
        return np.asarray(_limits(self.rule, memories) / self.curvatures[1])

    def critically_damped(self, memories: Floats) -> tuple[Floats, ...]:
        """Return the learning rates at which the softer and the sharper direction stop to swing; () but for heavy ball.

        Of both solutions a = (1 +- sqrt b)^2 it is the lower one: below it a direction creeps, above it, it swings.
        """
        if not (isinstance(self.rule, Momentum) and self.rule.form == "ball"):
            return ()
        return tuple((1.0 - np.sqrt(memories)) ** 2 / curvature for curvature in self.curvatures)

    @property
    def optimum(self) -> tuple[float, float] | None:
        """Polyak's learning rate and memory of heavy ball, the fastest of all; None for other rules."""
        if not (isinstance(self.rule, Momentum) and self.rule.form == "ball"):
            return None
        low, high = map(np.sqrt, self.curvatures)
        return float((2.0 / (high + low)) ** 2), float(((high - low) / (high + low)) ** 2)

    def _polynomial(self, a: Any, b: Any) -> tuple[Any, Any]:
        """Return p and q of r^2 - p r + q."""
        if isinstance(self.rule, GradientDescent):
            return 1.0 - a, 0.0 * b
        if isinstance(self.rule, Nesterov):
            return (1.0 + b) * (1.0 - a), b * (1.0 - a)
        if isinstance(self.rule, QHM):
            nu = self.rule.nu
            return 1.0 + b - a * (1.0 - nu * b), b * (1.0 - a * (1.0 - nu))
        a = a * (1.0 - b) if isinstance(self.rule, Momentum) and self.rule.form == "average" else a
        return 1.0 + b - a, b


def theory_of(scenario: Scenario, run: str = "a") -> Theory | None:
    """Return what theory knows of a run's plane; None where `why` says that it does not apply."""
    if why(scenario, run) is not None:
        return None
    rule = scenario.runs[RUN_KEYS.index(run)].optimizer
    curvatures = quadratic_curvatures(scenario.surface)
    return Theory(rule, f"{run}.beta" if hasattr(rule, "beta") else "", curvatures or (0.0, 0.0))


def why(scenario: Scenario, run: str = "a") -> Sentence | None:
    """Return why theory has no line in a run's plane; None where it has.

    It applies to a quadratic with two positive curvatures, a constant learning rate, no noise, and to gradient descent,
    both forms of momentum, Nesterov's, and QHM: rules without a scale.
    """
    chosen, noise = scenario.runs[RUN_KEYS.index(run)], scenario.noise
    if type(chosen.optimizer) not in (GradientDescent, Momentum, Nesterov, QHM):
        return Sentence("Theory has a line here only if σ stood still, and σ changes with every gradient.")
    if chosen.schedule.slug != "constant" or chosen.warmup.steps or noise.level > 0.0 or noise.batch:
        return Sentence("Theory's line is that of a constant learning rate without noise.")
    if chosen.clip.value:
        return Sentence("Theory's line is that of gradients that are not clipped.")
    if scenario.box:
        return Sentence("Theory's line is that of paths that no box holds.")
    curvatures = quadratic_curvatures(scenario.surface)
    if curvatures is None or not curvatures[0] > 0.0:
        return Sentence("This surface is no bowl of one curvature everywhere, so theory has no line here.")
    return None


PROBES = 24
"""Points at which a bowl is asked for its curvature: no ripples have a length that all of them are multiples of."""


def quadratic_curvatures(surface: Surface) -> tuple[float, float] | None:
    """Return the eigenvalues of the Hessian, the lower first, if it is the same everywhere; else None."""
    if not surface.has_formula:
        return None
    low, high = np.array(surface.window).T
    points = (low + (high - low) * np.outer(np.sqrt(np.arange(PROBES)) % 1.0, [1.0, np.sqrt(0.5)])).T
    hessians = np.stack(surface.hessian_array(*points))
    if not np.allclose(hessians, hessians[:, :1], rtol=1e-9, atol=1e-12):
        return None
    a, b, c = hessians[:, 0].tolist()
    if surface.dimension == 1:
        return a, a
    least, most = np.linalg.eigvalsh([[a, b], [b, c]]).tolist()
    return least, most


def _radius(p: Any, q: Any) -> Floats:
    """Return the larger absolute value of the roots of r^2 - p r + q."""
    root = np.sqrt(np.asarray(p * p - 4.0 * q, complex))
    radius: Floats = np.maximum(abs(p + root), abs(p - root)) / 2.0
    return radius


def _limits(rule: Any, memories: Floats) -> Floats:
    """Return the limit of stability of a rule with each of some memories."""
    rules = [replace(rule, beta=memory) if hasattr(rule, "beta") else rule for memory in np.ravel(memories).tolist()]
    return np.array([one.stability_limit for one in rules], float).reshape(np.shape(memories))

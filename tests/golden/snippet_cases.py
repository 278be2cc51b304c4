"""The runs whose PyTorch snippets are kept in snippets/, shared by their test and the script that checks them."""

from engine.noise import Noise
from engine.scenario import Run, Scenario
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from schedules.base import WarmUp
from surfaces.himmelblau import Himmelblau
from surfaces.lecture_valley import LectureValley
from surfaces.network import Network
from surfaces.own import Own
from surfaces.rosenbrock import Rosenbrock
from surfaces.valley import Valley


def _scene(surface, steps, slug, lr, noise=None, schedule="constant", warm=0, **knobs):
    run = Run(OPTIMIZERS[slug](**knobs), lr, SCHEDULES[schedule](), WarmUp(warm))
    return Scenario(surface, surface.start, steps, (run,), noise or Noise())


SNIPPETS = {
    "gd-rosenbrock": _scene(Rosenbrock(), 300, "gd", 0.001),
    "momentum-valley": _scene(Valley(kappa=100.0, angle=45.0), 300, "momentum", 0.001),
    "nesterov-himmelblau": _scene(Himmelblau(), 200, "nesterov", 0.001),
    "adagrad-himmelblau": _scene(Himmelblau(), 200, "adagrad", 0.5),
    "adadelta-rosenbrock": _scene(Rosenbrock(), 200, "adadelta", 1.0),
    "rmsprop-lecture": _scene(LectureValley(), 100, "rmsprop", 0.1, rho=0.999),
    "adam-cosine": _scene(Valley(kappa=100.0, angle=45.0), 300, "adam", 0.05, schedule="cosine", warm=20),
    "adam-noise": _scene(LectureValley(), 100, "adam", 0.1, noise=Noise(level=0.1, batch=3, seed=4)),
    "amsgrad-network": _scene(Network(), 200, "amsgrad", 0.02),
    "adamw-own": _scene(Own(formula="abs(x - 1)*max(x, y) + tanh(y)^2 + sqrt(x^2 + 1)"), 100, "adamw", 0.01),
    "adamax-rosenbrock": _scene(Rosenbrock(), 300, "adamax", 0.02),
    "nadam-himmelblau": _scene(Himmelblau(), 200, "nadam", 0.02),
    "radam-rosenbrock": _scene(Rosenbrock(), 300, "radam", 0.001),
    "rprop-himmelblau": _scene(Himmelblau(), 100, "rprop", 0.01),
}
WRITTEN_OUT = {
    "lion-himmelblau": _scene(Himmelblau(), 100, "lion", 0.001),
    "adam-hat-noise": _scene(LectureValley(), 50, "adam", 0.1, noise=Noise(level=0.1, batch=3, seed=4), place="hat"),
    "full-adagrad-valley": _scene(Valley(kappa=100.0, angle=45.0), 100, "full-adagrad", 0.5),
    "newton-batch": _scene(LectureValley(), 30, "newton", 0.3, noise=Noise(batch=5, seed=2), damping=10.0),
    "polyak-rosenbrock": _scene(Rosenbrock(), 15, "polyak", 0.5),
    "schedule-free-himmelblau": _scene(Himmelblau(), 100, "schedule-free-adamw", 0.05, schedule="cosine"),
}
"""Rules that torch.optim has not, or not as they are: one axis alone, matrices, ghosts, and what they see besides."""

SNIPPETS |= WRITTEN_OUT
"""One for every rule of torch.optim; schedules, noise, data and formulas of one's own among them.

None is unstable: there, PyTorch's other rounding would grow.
"""

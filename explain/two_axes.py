"""Scenes for what two parameters can, and cannot, say of a network's millions."""

from engine.noise import Noise
from engine.scenario import Run, Scenario
from optimizers.full_adagrad import FullAdagrad
from optimizers.gradient_descent import GradientDescent
from optimizers.newton import Newton
from optimizers.saddle_free import SaddleFreeNewton
from optimizers.shampoo import Shampoo
from optimizers.soap import SOAP
from surfaces.saddle import Saddle
from surfaces.slice_gradient import SliceGradient
from surfaces.slice_random import SliceRandom
from surfaces.valley import Valley

LAYERS = Scenario(
    Valley(kappa=100.0, angle=45.0),
    Valley.start,
    300,
    (Run(FullAdagrad(), 1.0), Run(Shampoo(), 0.2), Run(SOAP(), 0.2)),
)
"""Three rules that keep a matrix; on a vector it is one matrix."""

NOISE = Scenario(Valley(kappa=10.0), Valley.start, 300, (Run(GradientDescent(), 0.05),), Noise(level=0.5))
"""Gradient descent with a noise that has two axes."""

SADDLE = Scenario(
    Saddle(), (0.6, 0.4), 60, (Run(Newton(), 0.3), Run(SaddleFreeNewton(), 0.3), Run(GradientDescent(), 0.1))
)
"""Newton's method walks into the saddle, the others leave it."""

ALONG_RANDOM = Scenario(SliceRandom(), SliceRandom.start, 200, (Run(GradientDescent(), 0.5),))
ALONG_GRADIENT = Scenario(SliceGradient(), SliceGradient.start, 200, (Run(GradientDescent(), 0.5),))
"""The same network's loss along random directions, and along its gradient and its sharpest direction."""

"""Scenes made in advance."""

from engine.scenario import Run, Scenario
from optimizers.adagrad_rms import AdagradRMS
from optimizers.gradient_descent import GradientDescent
from surfaces.lecture_valley import LectureValley

DEFAULT_SCENE = Scenario(
    surface=LectureValley(),
    start=LectureValley.start,
    steps=1000,
    runs=(Run(GradientDescent(), lr=1e-7), Run(AdagradRMS(), lr=1.0)),
)
"""The lecture's valley: gradient descent stuck on its floor, root-mean-square Adagrad blowing out at update 708."""

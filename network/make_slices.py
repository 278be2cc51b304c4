"""`python -m network.make_slices`: trains three networks and writes the slices of their losses that are shipped."""

from collections.abc import Callable

import numpy as np

from engine.scenario import Run
from network.digits import Floats
from network.model import Network
from network.slices import Plane, gradient_plane, losses, principal_plane, random_plane
from network.training import Task, train
from optimizers.adam import Adam
from optimizers.gradient_descent import GradientDescent
from surfaces.base import Window
from surfaces.measured.grid import HERE

POINTS = 61
"""Along each side of a slice."""

AT_THE_EDGE = Task(Network((32,), "tanh", "squared"), steps=600, looks=60)
DEEPER = Task(Network((32, 32), "relu", "cross-entropy"), steps=300, looks=2)
PRODUCTS = 100
"""Products with the Hessian after which a vector is along the top eigenvector."""


def path_plane() -> tuple[Task, Plane, Window]:
    """Gradient descent at the edge of stability: the plane that holds most of its path."""
    path = train(AT_THE_EDGE, Run(GradientDescent(), 1.0)).at_looks("theta")
    return AT_THE_EDGE, principal_plane([path], path[-1]), ((-9.0, 4.0), (-4.0, 4.0))


def random_directions() -> tuple[Task, Plane, Window]:
    """Where Adam has come: two random directions."""
    end = train(DEEPER, Run(Adam(), 0.003)).looks[-1].theta
    return DEEPER, random_plane(DEEPER.network, end, seed=1), ((-1.5, 1.5), (-1.5, 1.5))


def gradient_directions() -> tuple[Task, Plane, Window]:
    """The first weights: along the gradient, and along the eigenvector of the Hessian's largest eigenvalue."""
    network, (data, _) = AT_THE_EDGE.network, AT_THE_EDGE.data
    start = network.start(AT_THE_EDGE.seed)
    vector = np.random.default_rng(0).standard_normal(network.size)
    for _ in range(PRODUCTS):
        vector = network.hessian_product(start, vector, data)
        vector /= np.linalg.norm(vector)
    vector *= np.sign(vector[np.abs(vector).argmax()])
    return AT_THE_EDGE, gradient_plane(start, network.gradient(start, data)[1], vector), ((-3.0, 2.0), (-2.0, 2.0))


SLICES: dict[str, Callable[[], tuple[Task, Plane, Window]]] = {
    "path": path_plane,
    "random": random_directions,
    "gradient": gradient_directions,
}
"""What is shipped, by the names of the files in surfaces/measured/."""


def measured(name: str) -> tuple[Plane, dict[str, Floats]]:
    """Return a plane, and the sides and losses of its slice as its file has them."""
    task, plane, (across, along) = SLICES[name]()
    x, y = np.linspace(*across, POINTS), np.linspace(*along, POINTS)
    loss = losses(task.network, plane, x, y, task.data[0], lambda _: None)
    return plane, {"x": x, "y": y, "loss": loss.astype(np.float32)}


if __name__ == "__main__":
    for name in SLICES:
        found = measured(name)[1]
        np.savez_compressed(HERE / f"{name}.npz", x=found["x"], y=found["y"], loss=found["loss"])

"""See why gradient descent behaves as it does: `sigmascope.scene("surface=rosenbrock&a=adam")` gives its runs."""

from sigmascope.scenes import NetworkScene, Scene, scene

__all__ = ["NetworkScene", "Scene", "scene"]

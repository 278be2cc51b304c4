"""When a point is at rest, and what kind of rest it is, in the measure of what the run itself has travelled.

The extent s_i of an axis is how far a run has been along it. Everything here is told in shares of it, so that neither
the scale of the loss, nor that of an axis, nor a window decides. With S = diag(s), a point is near a critical point if
the Newton step from there is small:

    |(S H S)^-1 S g| <= TOLERANCE

Where S H S is all but singular that is asked along each of its eigenvectors v_k, |v_k' S g| <= TOLERANCE |lambda_k|; an
eigenvalue that is nothing beside the other is that of a flat direction, along which g must be nothing too.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.trajectory import Ending, Floats
from surfaces.base import Surface

TOLERANCE = 1e-8
"""A Newton step, and the steps still being made, are small below this share of the extent."""

RESOLUTION = 2e-8
"""An extent counts as at least this share of the coordinate: TOLERANCE of that is what a float resolves."""

ROUNDING = 1e-14
"""The share of the sharpest curvature below which a slope is none."""

CLEAR = 1e-6
"""The share of the sharpest curvature that a curvature must have to say alone what kind of rest it is."""

FLAT = 1e-9
"""The share of the steepest slope around a point below which there is none in a direction."""

RADII = (1e-3, 1e-2, 1e-1)
"""How far to look around a critical point, in shares of the extent."""

KINK = 1e-7
"""How far to look around a point where the gradient is not nothing: a kink is told only if it is that near."""

DIRECTIONS = 32
AT_ONCE = 4096
"""Points whose surroundings are looked at together."""

KINDS: tuple[Ending, ...] = ("converged", "floor", "saddle", "maximum", "plateau")
MINIMUM, FLOOR, SADDLE, MAXIMUM, PLATEAU, NONE = range(6)

Truths = NDArray[np.bool_]
Kinds = NDArray[np.int8]


def extent_of(low: Floats, high: Floats, theta: Floats) -> Floats:
    """Return the extents of runs that have been between `low` and `high` and are at `theta`; all (2, n)."""
    with np.errstate(all="ignore"):
        return np.maximum(high - low, RESOLUTION * np.abs(theta))


def is_small(step: Floats, extent: Floats) -> Truths:
    """Return whether steps are small on both axes; step, extent: (2, n). Returns (n,)."""
    with np.errstate(all="ignore"):
        small: Truths = np.all(np.abs(step) <= TOLERANCE * extent, axis=0)
    return small


def is_near(surface: Surface, theta: Floats, extent: Floats) -> Truths:
    """Return whether points are where a critical point is, by their Newton steps; theta, extent: (2, n)."""
    return near_and_clear(surface, theta, extent)[0]


def near_and_clear(surface: Surface, theta: Floats, extent: Floats) -> tuple[Truths, Truths]:
    """Return the same, and whether curvature alone says that a critical point there is a minimum."""
    gradient = surface.gradient_array(*theta)
    with np.errstate(all="ignore"):
        a, b, c = _shared(surface, theta, extent)
        p, q = gradient[0] * extent[0], gradient[1] * extent[1]
        determinant, size = a * c - b * b, CLEAR * (a * a + c * c)
        u, v = (c * p - b * q) / determinant, (a * q - b * p) / determinant
        near: Truths = u * u + v * v <= TOLERANCE * TOLERANCE
        singular = np.flatnonzero(~(np.abs(determinant) > size))
        if len(singular):
            near[singular] = _is_near_singular(surface.at(singular), theta[:, singular], extent[:, singular])
        return near, (determinant > size) & (a > 0.0)


def _is_near_singular(surface: Surface, theta: Floats, extent: Floats) -> Truths:
    gradient = np.stack(surface.gradient_array(*theta))
    curvatures, vectors = _eigen(surface, theta, extent)
    slopes, sharpest = (vectors * (gradient * extent)).sum(axis=1), np.abs(curvatures).max(axis=0)
    small = np.abs(slopes) <= np.maximum(TOLERANCE * np.abs(curvatures), ROUNDING * sharpest)
    travelled = (extent > 0.0) | (gradient == 0.0)
    probe = theta + 2 * TOLERANCE * extent * vectors[0]
    rise = ((np.stack(surface.gradient_array(*probe)) - gradient) * extent * vectors[0]).sum(axis=0)
    lasts = (np.abs(rise) >= TOLERANCE * np.abs(curvatures[0])) | (sharpest == 0.0)  # not so beside a tip
    near: Truths = (small & travelled).all(axis=0) & lasts
    return near


def kinds_of(surface: Surface, theta: Floats, extent: Floats) -> Kinds:
    """Return what kind of rest points are, as places in KINDS, NONE for a slope; theta, extent: (2, n).

    Where both curvatures of a critical point are clear of 0 they decide, elsewhere a look around. Where the gradient
    is not nothing, only a kink that rises on all sides is rest.
    """
    kinds = np.full(theta.shape[1], NONE, np.int8)
    near, extent = is_near(surface, theta, extent), _measured(surface, theta, extent)
    with np.errstate(all="ignore"):
        curvatures, _ = _eigen(surface, theta, extent)
        clear = near & (np.abs(curvatures) > CLEAR * np.abs(curvatures).max(axis=0)).all(axis=0)
        rising = (curvatures > 0.0).sum(axis=0)
    middle = SADDLE if surface.dimension == 2 else MAXIMUM  # beside the second curvature, which is 1
    kinds[clear] = np.array([MAXIMUM, middle, MINIMUM], np.int8)[rising[clear]]
    for some in _parts(near & ~clear):
        kinds[some] = _around(surface.at(some), theta[:, some], extent[:, some])
    for some in _parts(~near):
        slopes = _slopes_around(surface.at(some), theta[:, some], extent[:, some], KINK)
        kinds[some] = np.where((slopes > 0).all(axis=0), MINIMUM, NONE)
    return kinds


def _parts(chosen: Truths) -> Iterator[NDArray[np.int_]]:
    """Yield the places of the chosen points, AT_ONCE at a time."""
    places = np.flatnonzero(chosen)
    yield from (places[first : first + AT_ONCE] for first in range(0, len(places), AT_ONCE))


def _measured(surface: Surface, theta: Floats, extent: Floats) -> Floats:
    """Return the extents with one for an axis along which a run has not moved at all.

    That is the one at which it is as curved as the other axis, the window's side where that says nothing.
    """
    h_xx, _, h_yy = surface.hessian_array(*theta)
    with np.errstate(all="ignore"):
        as_curved = extent[::-1] * np.sqrt(np.abs([h_yy / h_xx, h_xx / h_yy]))
    spans = np.array([[high - low] for low, high in surface.window])
    found = np.where(np.isfinite(as_curved) & (as_curved > 0.0), as_curved, spans)
    return np.where(extent > 0.0, extent, found)


def _shared(surface: Surface, theta: Floats, extent: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the entries (a, b, c) of S H S at points."""
    h_xx, h_xy, h_yy = surface.hessian_array(*theta)
    s_x, s_y = extent
    return s_x * h_xx * s_x, s_x * h_xy * s_y, s_y * h_yy * s_y


def _eigen(surface: Surface, theta: Floats, extent: Floats) -> tuple[Floats, Floats]:
    """Return the eigenvalues (2, n) and the eigenvectors (2, 2, n), [k, i], of S H S at points."""
    a, b, c = _shared(surface, theta, extent)
    middle, radius = (a + c) / 2, np.hypot((a - c) / 2, b)
    angle = np.arctan2(2 * b, a - c) / 2
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([middle + radius, middle - radius]), np.array([[cos, sin], [-sin, cos]])


def _around(surface: Surface, theta: Floats, extent: Floats) -> Kinds:
    """Return the kinds of critical points by the slopes around them."""
    inner, *outer = (_slopes_around(surface, theta, extent, radius) for radius in RADII)
    rises, falls, flat = (inner > 0).any(axis=0), (inner < 0).any(axis=0), (inner == 0).any(axis=0)
    wall = np.any([(ring > 0).any(axis=0) & ~(ring < 0).any(axis=0) for ring in outer], axis=0)
    winding = _has_floor_along(surface, theta, extent) if surface.dimension == 2 else np.zeros_like(wall)
    kinds = np.full(theta.shape[1], NONE, np.int8)
    kinds[~rises & ~falls & flat] = PLATEAU
    kinds[~rises & ~falls & flat & wall] = FLOOR
    kinds[rises & ~falls] = MINIMUM
    kinds[rises & ~falls & (flat | winding)] = FLOOR
    kinds[falls & ~rises] = MAXIMUM
    kinds[falls & rises] = SADDLE
    return kinds


def _slopes_around(surface: Surface, theta: Floats, extent: Floats, radius: float) -> Floats:
    """Return the signs of the slopes outward at a distance, (directions, n); nan where there is none."""
    with np.errstate(all="ignore"):
        away = radius * extent[:, None] * _directions(surface, theta, extent)
        slopes = (np.stack(surface.gradient_array(*(theta[:, None] + away))) * away).sum(axis=0)
        steepest = np.nan_to_num(np.abs(slopes)).max(axis=0)
        return np.where(np.abs(slopes) <= FLAT * steepest, 0.0, np.sign(slopes))


def _directions(surface: Surface, theta: Floats, extent: Floats) -> Floats:
    """Return where to look from points, of length 1: (2, DIRECTIONS, n), the first along the sharpest curvature.

    Of a loss in x alone they are to the right and to the left, (2, 2, 1).
    """
    if surface.dimension == 1:
        return np.array([[[1.0], [-1.0]], [[0.0], [0.0]]])
    _, vectors = _eigen(surface, theta, extent)
    around = 2 * np.pi * np.arange(DIRECTIONS)[:, None] / DIRECTIONS
    angle = np.nan_to_num(np.arctan2(vectors[0, 1], vectors[0, 0])) + around
    return np.stack([np.cos(angle), np.sin(angle)])


def _has_floor_along(surface: Surface, theta: Floats, extent: Floats) -> Truths:
    """Return whether a valley's floor leads on without any slope, though it may bend: both ways, down to it again."""
    level = np.ones(theta.shape[1], bool)
    with np.errstate(all="ignore"):
        curvatures, (steep, along) = _eigen(surface, theta, extent)
        for sign in (-1.0, 1.0):
            point = theta + sign * RADII[0] * extent * along
            for _ in range(3):
                slope = (steep * extent * np.stack(surface.gradient_array(*point))).sum(axis=0)
                point = point - extent * steep * slope / curvatures[0]
            left = np.hypot(*(extent * np.stack(surface.gradient_array(*point))))
            level &= left <= 10 * FLAT * curvatures[0] * RADII[0]
    return level

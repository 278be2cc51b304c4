"""What one visitor can make the server do at most, and what they get beyond it: every bound of the app, in one place.

The bounds of a scene itself (updates, runs, the length of a formula) are its knobs' (`engine/scenario.py`, `spec/`).
"""

import os

from player.line import Bounds

RUNS_KEPT = 96 * 2**20
"""Bytes of recorded runs that are kept for everybody; beyond, those not asked for longest are worked out again."""

PICTURES_KEPT = 24 * 2**20
"""Bytes of drawn pictures that are kept for everybody, likewise."""

STORIES_KEPT = 256
"""Scenes of which is kept what is told of them, likewise."""

PROPOSALS_KEPT = 256
"""Scenes of which is kept what to try next, likewise."""

TRIALS_KEPT = 64
"""Runs of which other learning rates are kept, likewise; 61 trials each, of a few numbers."""

AT_ONCE = max(1, (os.cpu_count() or 1) - 1)
"""Pieces of heavy work that go on at once; all others wait for their turn, and one that takes long lets them pass."""

WORKERS = 64
"""Pieces of heavy work that take turns; beyond, a piece waits for another to end."""

LINE_BOUNDS = Bounds(message=1024, connections=8, patience=0.25, grace=0.15, budget=1.0, rest=0.8)
"""Of a session's line: a longer message or one connection more is refused; a preview that takes longer is given up.

What to try next is worked out for one who stays with a picture, not for one who goes on changing it.
"""

QUERY = 16_384
"""Characters of an address that are read; a longer one opens the lab as it is, with a note."""

TRAININGS_KEPT = 96 * 2**20
"""Bytes of finished trainings of networks that are kept for everybody, likewise; a run has at most 8 MiB."""

SLICES_KEPT = 8 * 2**20
"""Bytes of slices of their losses, likewise."""

NETWORKS_DRAWN = 12 * 2**20
"""Bytes of drawn pictures of networks, likewise."""

UNDER_WAY = 4
"""Trainings that have begun and not ended, which can be gone on with, of at most 32 MiB each; beyond, the one left
longest begins anew when it is asked for again.
"""

MAP_CELLS = 512
"""Cells of a map along a side."""

MAP_STEPS = 20_000
"""Updates for which a map follows a run."""

MAP_UPDATES = 40_000_000
"""Updates of all runs of a map together, some three seconds of a processor; one of a longer scene has fewer cells."""

MAPS_UNDER_WAY = 4
"""Maps that are made at the same time, each with 40 MiB at most; beyond, one waits. A session has one, which its next
change gives up.
"""

MAPS_BESIDE = 2
"""Runs of a scene that are mapped beside each other."""

MAPS_KEPT = 64 * 2**20
"""Bytes of maps that are kept for everybody, likewise; the largest one has 20 MiB."""

SLICES_BROUGHT = 4
"""Slices that one session keeps of those that it has brought, 2 MiB each at most: their addresses find them."""

RACE_UPDATES = 40_000_000
"""Updates of all tries of a race together; one of a longer scene has fewer starts."""

RACES_KEPT = 32
"""Races that are kept for everybody, likewise."""

MAPS_DRAWN = 4
"""Drawn maps that are kept for everybody while cells of them are pointed at, likewise."""

MAP_PICTURES_KEPT = 32
"""Small pictures of maps that are kept for everybody, likewise."""

PREVIEWS_KEPT = 8 * 2**20
"""Bytes of pictures of links that are kept for everybody; one costs a third of a second of the processor."""

PREVIEW_UPDATES = 20_000
"""Updates of all runs together up to which a link's picture and sentence have them; beyond, they have the surface."""

FILM_SECONDS = 60
"""Of a film at most: 20 pictures a second, some 40 ms of the processor each, twice that in 1080p.

A session has one film under way and keeps the last one that it made.
"""

POSTER_QUERY = 8000
"""Characters of an address from which a first picture is drawn into the page; with a longer one it comes without."""

NOTES = 3
"""Notes on what an address says that are shown one by one; more are counted in one sentence."""

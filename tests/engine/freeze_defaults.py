"""Freeze the defaults of new entries and knobs, so that a link that leaves them out keeps its meaning:

python -m tests.engine.freeze_defaults
"""

import json
from pathlib import Path

from engine.around import Clip
from engine.box import Box
from engine.noise import Noise
from engine.presets import DEFAULT_SCENE
from engine.scenario import COORDINATE, Scenario
from engine.url import explicit
from optimizers import OPTIMIZERS
from schedules import SCHEDULES
from schedules.base import WarmUp
from spec.knobs import defaults_of, knobs_of
from surfaces import SURFACES

FROZEN = Path(__file__).with_name("defaults_v1.json")


def current_defaults():
    """Return every default of the address as text: owner to knob to value."""
    catalogues = {"surface": SURFACES, "optimizer": OPTIMIZERS, "schedule": SCHEDULES}
    owners = {f"{kind} {slug}": entry for kind, entries in catalogues.items() for slug, entry in entries.items()}
    owners |= {"warmup": WarmUp, "noise": Noise, "clip": Clip, "box": Box}
    found = {
        name: {knob: knobs_of(owner)[knob].format(value) for knob, value in defaults_of(owner).items()}
        for name, owner in owners.items()
    }
    found["scene"] = explicit(DEFAULT_SCENE) | {"default steps": str(Scenario.DEFAULT_STEPS)}
    starts = {slug: [COORDINATE.format(v) for v in entry().start] for slug, entry in SURFACES.items()}
    return found | {"starts": {slug: " ".join(start) for slug, start in starts.items()}}


def frozen_with(frozen, current):
    """Return what is frozen, as it is, and after it what is new."""
    return {name: frozen.get(name, {}) | current.get(name, {}) | frozen.get(name, {}) for name in frozen | current}


if __name__ == "__main__":
    defaults = frozen_with(json.loads(FROZEN.read_text()), current_defaults())
    FROZEN.write_text(json.dumps(defaults, indent=1, ensure_ascii=False) + "\n")

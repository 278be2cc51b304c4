"""The numbers of a network's training to take away: as CSV, as NumPy's .npz, and the study itself as JSON."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from engine.fields import RUN_KEYS
from engine.labels import labels
from export.tables import inert
from network.study import STUDIES, Study
from network.training import SHARES, Look, Training

UNITS = (
    "Row t: what update t sees, before it is made. loss and gradient norm are of its batch, learning rate is mu_t.",
    "The other columns are of looks, which are not made before every update: full loss on all digits that are trained "
    "on, held-out loss and accuracy on the others;",
    "sharpness is the largest eigenvalue of diag(mu / sigma) times the Hessian, residual its error bound as a share "
    "of it, along gradient the curvature of the same matrix along the gradient;",
    "sigma and step size (mu / sigma) are quantiles over all parameters.",
)
"""What the columns are, in lines that begin with # in a CSV."""

SCALARS = ("full loss", "held-out loss", "accuracy", "sharpness", "residual", "along gradient")
QUANTILES = tuple(f"{name} {share:.0%}" for name in ("sigma", "step size") for share in SHARES)
HEADS = ("run", "t", "loss", "gradient norm", "learning rate", *SCALARS, *QUANTILES)


def network_csv(study: Study, trainings: Sequence[Training]) -> str:
    """Return every run as CSV (RFC 4180), a row an update, numbers with every digit; what is not there is empty."""
    text = io.StringIO()
    text.writelines(f"# {line}\r\n" for line in UNITS)
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for label, training in zip(labels(study), trainings, strict=True):
        writer.writerows([inert(label), *row] for row in _rows(training))
    return text.getvalue()


def network_npz(study: Study, trainings: Sequence[Training]) -> bytes:
    """Return every run as a compressed .npz that needs no pickle.

    Arrays are called as the run in an address and what they are: `a.loss`, `a.gradient_norm` and `a.lr`, (n,); of the
    looks `a.t`, `a.sharpness`, `a.residual`, (looks,), `a.sigma` and `a.rate`, (looks, 1 + layers, 5), and so on;
    `a.theta`, the parameters at the last look, layer by layer weights, row by row, then biases. `about` says in JSON
    what each run is.
    """
    about = {
        "runs": dict(zip(RUN_KEYS, labels(study), strict=False)),
        "address": STUDIES.explicit(study),
        "columns": UNITS,
    }
    arrays: dict[str, Any] = {"about": np.array(json.dumps(about, ensure_ascii=False))}
    for key, training in zip(RUN_KEYS, trainings, strict=False):
        arrays |= {f"{key}.{name}": values for name, values in _arrays(training).items()}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def study_json(study: Study, link: str) -> str:
    """Return the study as JSON: its link, and every value that its address names."""
    return json.dumps({"link": link, "network": STUDIES.explicit(study)}, ensure_ascii=False, indent=2)


def _rows(training: Training) -> Iterator[list[Any]]:
    looks = {look.update: look for look in training.looks}
    for t, (loss, norm, lr) in enumerate(zip(training.loss, training.gradient_norm, training.lr, strict=True)):
        seen = _seen(looks[t]) if t in looks else [""] * (len(SCALARS) + len(QUANTILES))
        yield [t, *map(float, (loss, norm, lr)), *seen]


def _seen(look: Look) -> list[float]:
    scalars = (look.loss, look.held_out, look.accuracy, look.sharpness.value, look.sharpness.residuals[0], look.along)
    return [*map(float, scalars), *look.sigma[0].tolist(), *look.rate[0].tolist()]


def _arrays(training: Training) -> dict[str, Any]:
    named = {"full_loss": "loss", **{name: name for name in ("held_out", "accuracy", "along", "sigma", "rate")}}
    seen = {name: training.at_looks(field) for name, field in named.items()}
    return {
        "loss": training.loss,
        "gradient_norm": training.gradient_norm,
        "lr": training.lr,
        "t": training.clock,
        "sharpness": np.array([look.sharpness.values for look in training.looks]),
        "residual": np.array([look.sharpness.residuals for look in training.looks]),
        **seen,
        **({"theta": training.looks[-1].theta} if training.looks else {}),
    }

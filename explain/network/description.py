"""What is trained, in one sentence."""

from network.digits import TRAINING
from network.study import Study
from spec.knobs import Choice, knobs_of
from spec.sentences import Sentence


def description(study: Study) -> Sentence:
    """Return what network is trained, with which loss, on what."""
    activation = knobs_of(study)["activation"]
    assert isinstance(activation, Choice)
    batch = Sentence("batches of {batch} digits", {"batch": study.batch}) if study.batch else None
    values = {
        "sizes": " → ".join(map(str, (64, *study.network.hidden, 10))),
        "activation": activation.options[study.activation],
        "loss": Sentence("squared error") if study.loss == "squared" else Sentence("cross entropy"),
        "batch": batch or Sentence("all digits at once"),
        "size": study.network.size,
        "seed": study.seed,
        "trained": TRAINING,
    }
    return Sentence(
        "A network {sizes} with {size:,} weights, {activation}, {loss}, {batch}, seed {seed}; trained on {trained:,} "
        "handwritten digits, tried on 797 others.",
        values,
    )

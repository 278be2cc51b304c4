"""The numbers of a network's training: read back, they are what was recorded."""

import csv
import io
import json

import numpy as np

from export.network_tables import HEADS, network_csv, network_npz, study_json
from network.study import STUDIES
from tests.small_network import BURST, SMALL, small


def read(text):
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(lines))))


def test_every_update_is_a_row_with_every_digit():
    trainings = small().trainings
    found = read(network_csv(SMALL, trainings))
    assert len(found) == 200
    assert list(found[0]) == list(HEADS)
    for name, training in zip(("Gradient descent", "Adam"), trainings, strict=True):
        own = [row for row in found if row["run"] == name]
        assert [float(row["loss"]) for row in own] == training.loss.tolist()
        looked = [row for row in own if row["sharpness"]]
        assert [float(row["sharpness"]) for row in looked] == training.sharpness.tolist()
        assert [float(row["sigma 50%"]) for row in looked] == training.at_looks("sigma")[:, 0, 2].tolist()
        assert [int(row["t"]) for row in looked] == training.clock.tolist()


def test_the_archive_needs_no_pickle_and_has_the_parameters():
    trainings = small(BURST).trainings
    with np.load(io.BytesIO(network_npz(BURST, trainings)), allow_pickle=False) as file:
        about = json.loads(str(file["about"]))
        assert STUDIES.decode(about["address"])[0] == BURST
        for key, training in zip("ab", trainings, strict=True):
            np.testing.assert_array_equal(file[f"{key}.loss"], training.loss)
            np.testing.assert_array_equal(file[f"{key}.rate"], training.at_looks("rate"))
            np.testing.assert_array_equal(file[f"{key}.theta"], training.looks[-1].theta)
            np.testing.assert_array_equal(file[f"{key}.sharpness"][:, 0], training.sharpness)


def test_the_study_is_its_address():
    said = json.loads(study_json(SMALL, "https://example.org/network?x=1"))
    assert said["link"] == "https://example.org/network?x=1"
    assert STUDIES.decode(said["network"]) == (SMALL, ())

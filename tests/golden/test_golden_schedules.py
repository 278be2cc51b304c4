"""Every schedule that torch.optim.lr_scheduler has gives the rates that PyTorch gives."""

import json
from pathlib import Path

import numpy as np
import pytest
from schedule_cases import CASES, UPDATES

from schedules import SCHEDULES

GOLDEN = json.loads(Path(__file__).with_name("schedules.json").read_text())


@pytest.mark.parametrize("name", CASES)
def test_factors_are_pytorchs(name):
    case = CASES[name]
    factors = SCHEDULES[case.slug](**case.knobs).factor(np.arange(UPDATES), UPDATES)
    np.testing.assert_allclose(factors, GOLDEN[name], rtol=1e-12)


def test_every_golden_schedule_is_used():
    assert set(GOLDEN) == set(CASES)

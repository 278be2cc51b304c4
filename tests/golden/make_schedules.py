"""Make schedules.json: the learning rates of torch.optim.lr_scheduler's schedules over a rate of 1, in float64.

Run it from the project's root with PyTorch installed; the file in the repository is from PyTorch 2.13.0:

    python tests/golden/make_schedules.py
"""

import json
from pathlib import Path

import torch
from schedule_cases import CASES, UPDATES, Case


def rates(case: Case) -> list[float]:
    """Return the learning rate of each update."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler = getattr(torch.optim.lr_scheduler, case.torch)(optimizer, **case.arguments)
    kept = []
    for update in range(UPDATES):
        kept.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if update < UPDATES - 1:
            scheduler.step()
    return kept


if __name__ == "__main__":
    lines = [f"{json.dumps(name)}: {json.dumps(rates(case))}" for name, case in CASES.items()]
    Path(__file__).with_name("schedules.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")

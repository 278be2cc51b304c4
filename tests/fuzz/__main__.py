"""`python -m tests.fuzz [count]`: so many addresses and formulas, each without an error and in less than a second."""

import random
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.fuzz import addresses, formulas, slices

KINDS = {
    "addresses": (addresses.address, addresses.check),
    "formulas": (formulas.formula, formulas.check),
    "slices": (slices.file, slices.check),
    "slices in HDF5": (slices.hdf5, slices.check_hdf5),
}
LONGEST = 1.0
SHARE = 1000


def tried(kind: str, seed: int, count: int = SHARE) -> tuple[float, list[str]]:
    """Return the longest time that one took, and what was wrong."""
    make, check = KINDS[kind]
    dice = random.Random(f"{kind} {seed}")
    longest, wrong = 0.0, []
    for _ in range(count):
        made = make(dice)
        began = time.process_time()
        try:
            wrong += [f"{made!r}: {problem}" for problem in check(made)]
        except Exception as error:
            wrong.append(f"{made!r}: {error!r}")
        took = time.process_time() - began
        longest = max(longest, took)
        if took > LONGEST:
            wrong.append(f"{made!r}: {took:.1f} s")
    return longest, wrong


def main(count: int) -> int:
    """Print a line a kind, and what was wrong; return how many were."""
    bad = 0
    with ProcessPoolExecutor() as pool:
        for kind in KINDS:
            found = list(pool.map(partial(tried, kind), range(-(-count // SHARE))))
            wrong = [problem for _, problems in found for problem in problems]
            longest = max(longest for longest, _ in found)
            said = [f"{kind}: {len(found) * SHARE} tried, {len(wrong)} wrong, the longest took {longest:.2f} s"]
            said += [f"  {problem[:300]}" for problem in list(Counter(wrong))[:20]]
            sys.stdout.write("\n".join([*said, ""]))
            bad += len(wrong)
    return bad


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))

"""Run the PyTorch snippets in snippets/ and compare their last points with the engine's; `--write` writes them first.

Run it from the project's root with PyTorch installed; the files in the repository were checked with PyTorch 2.13.0:

    python -m tests.golden.check_snippets
"""

import contextlib
import io
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from snippet_cases import SNIPPETS

from engine.simulate import simulate_run
from export.torch_snippet import torch_snippet

FOLDER = Path(__file__).with_name("snippets")


def last_point(text: str) -> list[float]:
    """Return what a snippet prints."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(text, "<snippet>", "exec"), {})
    return [float(number) for number in printed.getvalue().strip("[]\n").split(",")]


if __name__ == "__main__":
    for name, scene in SNIPPETS.items():
        run = scene.runs[0]
        file = FOLDER / f"{name}.txt"
        if "--write" in sys.argv:
            file.write_text(torch_snippet(scene, run))
        np.testing.assert_allclose(last_point(file.read_text()), simulate_run(scene, run).theta[-1], rtol=1e-9)

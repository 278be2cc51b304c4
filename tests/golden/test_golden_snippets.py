"""The PyTorch snippets are the ones that were checked against PyTorch."""

from pathlib import Path

import pytest
from snippet_cases import SNIPPETS, WRITTEN_OUT

from export.torch_snippet import TORCH, torch_snippet

FOLDER = Path(__file__).with_name("snippets")


@pytest.mark.parametrize("name", SNIPPETS)
def test_the_snippet_is_the_one_that_was_checked(name):
    scene = SNIPPETS[name]
    assert torch_snippet(scene, scene.runs[0]) == (FOLDER / f"{name}.txt").read_text()


def test_every_rule_of_pytorch_was_checked():
    own = {name: scene for name, scene in SNIPPETS.items() if name not in WRITTEN_OUT}
    assert {scene.runs[0].optimizer.slug for scene in own.values()} == set(TORCH)


def test_every_file_is_used():
    assert {file.stem for file in FOLDER.iterdir()} == set(SNIPPETS)

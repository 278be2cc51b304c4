"""Planes in tiles: the same as in one piece, from the command line, and on a real cluster that loses a worker."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.scenario import Run, Scenario
from ensembles import tiles as module
from ensembles.__main__ import main
from ensembles.axis import Axis
from ensembles.plane import plane
from ensembles.tiles import here, names, tiles, write_plane
from optimizers.adam import Adam
from surfaces.rosenbrock import Rosenbrock

ROOT = Path(__file__).parent.parent.parent
LINK = "surface=rosenbrock&x=-1.2&y=1&steps=60&a=adam&a.lr=0.1"
SCENE = Scenario(Rosenbrock(), (-1.2, 1.0), 60, (Run(Adam(), 0.1),))
X, Y = Axis("a.lr", 1e-3, 10.0, 13, log=True), Axis("a.beta1", 0.0, 0.9999, 7, memory=True)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(module, "ROWS", 3)
    monkeypatch.setattr(module, "COLUMNS", 5)


def test_tiles_fill_a_plane_once(small):
    covered = np.zeros((Y.size, X.size), int)
    for tile in tiles(SCENE, X, Y):
        covered[tile.place] += 1
        np.testing.assert_array_equal(tile.x.values, X.values[tile.place[1]])
    assert (covered == 1).all()


@pytest.mark.parametrize("watch", [True, False])
def test_a_plane_in_tiles_is_the_plane(small, tmp_path, watch):
    out, whole = tmp_path / "map.npz", plane(SCENE, X, Y, goal=1.0)
    seen = []
    with here(2) as workers:
        write_plane(out, SCENE, X, Y, workers, goal=1.0, watch=watch, progress=seen.append)
    with np.load(out) as made:
        assert set(made) == {*names(watch), "x", "y", "names"}
        np.testing.assert_array_equal(made["x"], X.values)
        assert made["names"].tolist() == ["a.lr", "a.beta1"]
        for name in names(watch):
            np.testing.assert_allclose(made[name], getattr(whole, name), rtol=1e-7, err_msg=name)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert [path.name for path in tmp_path.iterdir()] == ["map.npz"]


def test_work_that_is_abandoned_leaves_no_file(small, tmp_path):
    def abandon(_):
        raise InterruptedError

    with pytest.raises(InterruptedError), here(1) as workers:
        write_plane(tmp_path / "map.npz", SCENE, X, Y, workers, progress=abandon)
    assert not list(tmp_path.iterdir())


def test_the_command_writes_a_map_and_draws_a_bar(tmp_path, capsys):
    out = tmp_path / "map.npz"
    sides = ["--x", "a.lr", "--x-range", "0.001", "1", "--y", "a.beta1", "--size", "6", "--threads", "1"]
    assert main(["plane", f"https://example.org/?{LINK}", *sides, "--out", str(out)]) == 0
    assert "6 x 6 [########################################] 100%" in capsys.readouterr().err
    with np.load(out) as made:
        assert made["loss"].shape == (6, 6)
        assert 1e-3 < made["x"].min() < made["x"].max() < 1.0


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        (["--x", "zz", "--y", "a.lr"], "zz is not a number of this scene"),
        (["--x", "a.lr", "--y", "a.lr"], "two different sides"),
        (["--x", "a.lr", "--y", "x", "--run", "f"], "f is not a run"),
        (["--x", "a.lr", "--x-range", "1", "0.1", "--y", "x"], "cannot go from"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence(tmp_path, capsys, sides, words):
    assert main(["plane", LINK, *sides, "--size", "4", "--out", str(tmp_path / "map.npz")]) == 2
    assert words in capsys.readouterr().err


@pytest.fixture
def two_workers():
    pytest.importorskip("distributed")
    command = [sys.executable, "-m", "tests.ensembles.two_workers"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process.stdout.readline().strip(), process
    process.stdin.close()
    process.wait(timeout=30)
    process.stdout.close()


def made_by(out, *more):
    sides = ["--x", "a.lr", "--y", "a.beta1", "--size", "600", "--goal", "1", "--out", str(out), *more]
    return subprocess.Popen(
        [sys.executable, "-m", "ensembles", "plane", LINK, *sides], cwd=ROOT, stderr=subprocess.PIPE
    )


def arrays(path):
    with np.load(path) as made:
        return {name: made[name] for name in made}


@pytest.mark.long
@pytest.mark.parametrize("is_lost", [False, True])
def test_a_cluster_makes_the_same_map_to_the_last_bit(two_workers, tmp_path, is_lost):
    address, process = two_workers
    alone, together = tmp_path / "alone.npz", tmp_path / "together.npz"
    made_by(alone).communicate(timeout=120)
    making = made_by(together, "--scheduler", address)
    if is_lost:
        assert b"%" in making.stderr.read(80)
        process.stdin.write("lose one\n")
        process.stdin.flush()
    making.communicate(timeout=120)
    assert making.returncode == 0
    one, other = arrays(alone), arrays(together)
    assert set(one) == set(other)
    for name in one:
        np.testing.assert_array_equal(one[name], other[name], err_msg=name)

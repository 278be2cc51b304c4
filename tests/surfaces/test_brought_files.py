"""Files of measured slices: what their writers write is read; what is wrong is said in a sentence with its place."""

import io
import json
import pickle
import time
import tracemalloc
import zipfile

import numpy as np
import pytest

from spec.sentences import SentenceError
from surfaces.measured.files import KINDS, MOST_BYTES, read
from surfaces.measured.files.arrays import MOST_SIDE


def npz(**arrays):
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def h5(**arrays):
    h5py = pytest.importorskip("h5py")
    file = io.BytesIO()
    with h5py.File(file, "w") as opened:
        for name, values in arrays.items():
            opened[name] = values
    return file.getvalue()


def lines(count, low=-1.0, high=1.0):
    return np.linspace(low, high, count)


def bowl(columns, rows):
    """Return x, y and a loss whose every cell says where it is."""
    x, y = lines(columns), lines(rows, -2.0, 2.0)
    return x, y, 1.0 + x[None, :] ** 2 + 0.1 * y[:, None] + y[:, None] ** 2


def like_losslandscape(columns, rows):
    """Return arrays as loss-landscape writes them: losses of shape (len(x), len(y)), filled row by row of y."""
    x, y, loss = bowl(columns, rows)
    return {
        "xcoordinates": x,
        "ycoordinates": y,
        "train_loss": loss.reshape(columns, rows),
        "train_acc": np.ones((5, 5)),
    }


def test_a_complete_slice_of_losslandscape():
    found = read("a.h5", h5(**like_losslandscape(21, 21)))
    assert (found.grid.x, found.grid.y) == ((-1.0, 1.0, 21), (-2.0, 2.0, 21))
    np.testing.assert_array_equal(found.grid.loss, bowl(21, 21)[2])


def test_one_that_is_not_square_is_filled_row_by_row_of_y():
    found = read("a.h5", h5(**like_losslandscape(30, 21)))
    assert found.grid.loss.shape == (21, 30)
    np.testing.assert_array_equal(found.grid.loss, bowl(30, 21)[2])


def test_holes_stay_holes():
    x, y, loss = bowl(41, 41)
    loss.flat[:7] = np.nan
    loss[20, 20], loss[0, 40] = np.inf, -1.797e308
    found = read("a.npz", npz(x=x, y=y, loss=loss))
    assert np.isnan(found.grid.loss).sum() == 9
    masked = read("a.npz", npz(x=x, y=y, loss=bowl(41, 41)[2], mask=np.eye(41, dtype=bool)))
    assert np.isnan(masked.grid.loss).sum() == 41


def test_many_holes_at_the_centre():
    x, y, loss = bowl(51, 51)
    loss[15:42, 13:39] = np.nan
    assert np.isnan(read("a.npz", npz(x=x, y=y, losses=loss)).grid.loss).sum() == 702


def test_cells_that_are_yet_to_be_filled_are_holes():
    arrays = like_losslandscape(30, 30)
    arrays["train_loss"].flat[62:] = -1.0
    found = read("a.h5", h5(**arrays))
    assert found.filled == 838
    assert np.isfinite(found.grid.loss).sum() == 62


def test_minus_one_among_negative_losses_is_a_loss():
    x, y, loss = bowl(6, 6)
    found = read("a.npz", npz(x=x, y=y, loss=loss - 10.0))
    assert found.filled == 0
    loss[2, 2] = -1.0
    assert read("a.npz", npz(x=x, y=y, loss=loss - 50.0 * (np.arange(36).reshape(6, 6) == 0))).filled == 0


def test_a_path_alone_and_with_its_slice():
    walk = {"proj_xcoord": lines(20, 0.9, 0.0), "proj_ycoord": lines(20, 0.5, 0.0)}
    path = read("t.h5", h5(**walk))
    assert path.grid is None
    assert path.path.shape == (20, 3)
    np.testing.assert_array_equal(path.path[-1, :2], 0.0)
    assert np.isnan(path.path[:, 2]).all()
    slice_ = read("a.h5", h5(**like_losslandscape(10, 10)))
    both = slice_.joined(path)
    assert (both.grid, both.walk) == (slice_.grid, path.walk)
    assert len({both.content, slice_.content, path.content}) == 3


def test_a_path_with_losses_of_its_own():
    x, y, loss = bowl(5, 5)
    made = npz(x=x, y=y, loss=loss, trajectory=np.ones((6, 2)), trajectory_loss=np.arange(6.0))
    np.testing.assert_array_equal(read("a.npz", made).path[:, 2], np.arange(6.0))


@pytest.mark.parametrize(
    "names", [("x", "y", "z"), ("alphas", "betas", "losses"), ("x", "y", "loss"), ("X", "Y", "Loss")]
)
@pytest.mark.parametrize("kind", ["npz", "json", "csv"])
def test_what_parts_are_called(names, kind):
    x, y, loss = bowl(7, 5)
    named = dict(zip(names, (x, y, loss), strict=True))
    if kind == "npz":
        data = npz(**named)
    elif kind == "json":
        data = json.dumps({name: values.tolist() for name, values in named.items()}).encode()
    else:
        cells = np.column_stack([part.ravel() for part in (*np.meshgrid(x, y), loss)])
        data = "\n".join([",".join(names), *(",".join(map(repr, row)) for row in cells.tolist())]).encode()
    found = read(f"a.{kind}", data)
    np.testing.assert_allclose(found.grid.loss, loss)
    assert found.grid.x == (-1.0, 1.0, 7)


def test_an_array_without_coordinates_is_told_by_row_and_column():
    loss = bowl(200, 199)[2]
    found = read("a.npy", npy(loss.astype("f4")))
    assert (found.grid.x, found.grid.y) == ((0.0, 199.0, 200), (0.0, 198.0, 199))
    np.testing.assert_array_equal(found.grid.loss, loss.astype("f4"))


@pytest.mark.parametrize("mark", [",", ";", "\t", " "])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_without_a_head(mark, code):
    loss = bowl(6, 5)[2]
    text = "# a remark\r\n" + "\r\n".join(mark.join(map(repr, row)) for row in loss.tolist())
    np.testing.assert_array_equal(read("a.csv", text.encode(code)).grid.loss, loss)


def test_a_table_with_its_lines_at_the_edges():
    x, y, loss = bowl(6, 5)
    rows = [["", *x.tolist()], *([up, *row] for up, row in zip(y.tolist(), loss.tolist(), strict=True))]
    found = read("a.csv", "\n".join(",".join(map(str, row)) for row in rows).encode())
    assert found.grid.y == (-2.0, 2.0, 5)
    np.testing.assert_array_equal(found.grid.loss, loss)


def test_lines_may_fall_and_grids_be_tables():
    x, y, loss = bowl(6, 5)
    falling = read("a.npz", npz(x=x[::-1], y=y[::-1], loss=loss[::-1, ::-1]))
    tables = read("a.npz", npz(x=np.meshgrid(x, y)[0], y=np.meshgrid(x, y)[1], loss=loss))
    assert falling == tables == read("a.npz", npz(x=x, y=y, loss=loss))


def test_both_orientations():
    x, y, loss = bowl(6, 6)
    turned = read("a.npz", npz(x=x, y=y, loss=loss)).turned
    np.testing.assert_array_equal(turned.grid.loss, loss.T)
    assert turned.grid.x == (-1.0, 1.0, 6)
    x, y, loss = bowl(7, 5)
    turned = read("a.npz", npz(x=x, y=y, loss=loss)).turned
    assert (turned.grid.x, turned.grid.y) == ((-2.0, 2.0, 5), (-1.0, 1.0, 7))
    assert turned.turned.grid.loss.tolist() == loss.tolist()


class Evil:
    def __reduce__(self):
        return print, ("run",)


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("loss.npy", b"\0" * 200 * 2**20)
    return file.getvalue()


def said(rows):
    return "\n".join(rows).encode()


X, Y, LOSS = bowl(5, 5)
UNEVEN = np.array([0.0, 0.1, 0.3, 0.4, 0.5])
WRONG = {
    "another end": ("a.exe", b"", "ends in npz, npy"),
    "too large": ("a.npz", b"\0" * (MOST_BYTES + 1), "at most 5 MB, this one has 5.0"),
    "no npz": ("a.npz", b"PK nothing", "no .npz file"),
    "a pickle": ("a.npy", npy(np.zeros(3)).replace(b"'<f8'", b"'|O' "), "a pickle"),
    "a pickle by itself": ("a.npy", pickle.dumps(Evil()), "is no array of NumPy"),
    "a pickle in a zip": ("a.npz", npz(loss=np.array([Evil(), 1], object)), "a pickle"),
    "a bomb": ("a.npz", bomb(), "unpacks to more than 32 MB"),
    "empty h5": ("a.h5", None, "holds no array"),
    "damaged h5": ("a.h5", b"\x89HDF\r\n\x1a\n" + b"\0" * 100, "no .h5 file, or it is damaged"),
    "empty csv": ("a.csv", b"\n\n", "is empty"),
    "a column too few": ("a.csv", said(["1,2,3", "4,5"]), "line 2 has 2 columns, the lines before have 3"),
    "text": ("a.csv", said(["1,2,3", "4,five,6"]), "line 2, column 2: five is no number"),
    "a decimal comma": ("a.csv", said(["1,5;2,5;1", "2;3;4"]), "line 1, column 1: 1,5 has a decimal comma"),
    "a decimal comma first": ("a.csv", said(["1,5;2", "3;4"]), "line 1, column 1: 1,5 has a decimal comma"),
    "decimal commas alone": ("a.csv", said(["1,5;2,5", "2,0;3,5"]), "line 1, column 1: 1,5 has a decimal comma"),
    "no text": ("a.csv", bytes(range(256)), "no text"),
    "no json": ("a.json", b'{"x": [1, 2\n', "see line and character 2:1"),
    "ragged json": ("a.json", b"[[1, 2], [3]]", "rows differ in length"),
    "deep json": ("a.json", b"[" * 100_000, "no JSON"),
    "no loss": ("a.npz", npz(x=X, y=Y), "holds x, y, but no loss"),
    "one dimension": ("a.npz", npz(xcoordinates=X, train_loss=X), "one-dimensional"),
    "three dimensions": ("a.npz", npz(loss=np.zeros((4, 4, 4))), "3 dimensions"),
    "no fit": ("a.npz", npz(x=X, y=Y[:4], loss=LOSS), "5 × 5 losses do not fit 5 x and 4 y"),
    "uneven": ("a.npz", npz(x=UNEVEN, y=Y, loss=LOSS), "x of the slice are not at even distances, see number 1"),
    "all holes": ("a.npz", npz(x=X, y=Y, loss=LOSS * np.nan), "no cell of the slice has a loss"),
    "too few": ("a.npy", npy(np.ones((3, 9))), "4 to 512 cells along each side, this one has 9 × 3"),
    "too many": ("a.npy", npy(np.ones((4, 600), "f4")), "this one has 600 × 4"),
    "far too many": ("a.npy", npy(np.ones((1000, 1000), "i1")), "1000 × 1000 numbers"),
    "complex": ("a.npy", npy(LOSS + 1j), "no real numbers"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_with_its_place(what):
    name, data, expected = WRONG[what]
    with pytest.raises(SentenceError, match=expected) as refused:
        read(name, h5() if data is None else data)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


def test_nothing_is_run_and_no_other_file_is_read(capsys, tmp_path):
    h5py = pytest.importorskip("h5py")
    other = tmp_path / "other.h5"
    with h5py.File(other, "w") as opened:
        opened["loss"] = LOSS
    file = io.BytesIO()
    with h5py.File(file, "w") as opened:
        opened["loss"] = h5py.ExternalLink(str(other), "/loss")
        opened["soft"] = h5py.SoftLink("/loss")
        opened.create_dataset("z", (5, 5), "f8", external=[(str(other), 0, 200)])
        layout = h5py.VirtualLayout((5, 5), "f8")
        layout[:] = h5py.VirtualSource(str(other), "loss", (5, 5))
        opened.create_virtual_dataset("losses", layout)
    with pytest.raises(SentenceError, match="holds no array"):
        read("a.h5", file.getvalue())
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("kind", ["npz", "npy", "json", "csv"])
def test_the_largest_slice_is_read_within_its_memory(kind):
    loss = np.round(bowl(MOST_SIDE, MOST_SIDE)[2], 3).astype("f4")
    rows = [[f"{value:.3f}" for value in row] for row in loss.tolist()]
    data = {
        "npz": lambda: npz(loss=loss),
        "npy": lambda: npy(loss),
        "json": lambda: json.dumps([[float(value) for value in row] for row in rows]).encode(),
        "csv": lambda: "\n".join(map(",".join, rows)).encode(),
    }[kind]()
    tracemalloc.start()
    began = time.process_time()
    found = read(f"a.{kind}", data)
    took, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.grid.loss.shape == (MOST_SIDE, MOST_SIDE)
    assert peak < 50 * 2**20
    assert took < 20.0  # under a tracer of memory; without one it is some tenths of a second


def test_every_kind_has_a_reader():
    assert set(KINDS) == {"npz", "npy", "csv", "tsv", "txt", "json", "h5", "hdf5"}

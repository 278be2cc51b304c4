"""Arrays survive the way to the browser, bit for bit, and equal content has one name."""

import json
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from player.contract import Figure
from player.parts import DTYPES, LARGE, pack, take_apart

ANY_ARRAY = st.sampled_from(list(DTYPES)).flatmap(
    lambda dtype: arrays_of.arrays(dtype, arrays_of.array_shapes(max_dims=2, min_side=0, max_side=7))
)


def unpack(data):
    """Read a part as parts.js does."""
    start = 4 + int.from_bytes(data[:4], "little")
    header, payload = json.loads(data[4:start]), data[start:]
    if header["compressed"]:
        payload = zlib.decompress(payload)
    found = []
    for entry in header["arrays"]:
        kind, count = np.dtype(DTYPES[entry["dtype"]]), int(np.prod(entry["shape"]))
        block, payload = payload[: count * kind.itemsize], payload[count * kind.itemsize :]
        if header["compressed"]:
            block = np.frombuffer(block, np.uint8).reshape(kind.itemsize, count).T.tobytes()
        found.append(np.frombuffer(block, kind).reshape(entry["shape"]))
    assert not payload
    return header["id"], found


@given(st.lists(ANY_ARRAY, max_size=4))
def test_arrays_survive_bit_for_bit(arrays):
    part = pack(arrays)
    name, found = unpack(part.data)
    assert name == part.id
    assert [a.tobytes() for a in found] == [a.tobytes() for a in arrays]
    assert [a.shape for a in found] == [a.shape for a in arrays]


@given(st.lists(ANY_ARRAY, max_size=4), st.sampled_from([0, LARGE]))
def test_what_is_large_is_compressed(arrays, padding):
    part = pack([*arrays, np.zeros(padding, np.uint8)])
    assert unpack(part.data)[0] == part.id
    assert [a.tobytes() for a in unpack(part.data)[1]][:-1] == [a.tobytes() for a in arrays]
    assert (b'"compressed": true' in part.data) == (padding == LARGE)
    assert padding == 0 or len(part.data) < LARGE


def test_nan_and_infinity_are_numbers_like_all_others():
    values = np.array([np.nan, np.inf, -np.inf, 1.5], np.float32)
    np.testing.assert_array_equal(unpack(pack([values]).data)[1][0], values)


def test_the_name_is_the_content():
    ones = np.ones(4, np.float32)
    assert pack([ones]) == pack([ones.copy()])
    others = [[2 * ones], [ones.astype(np.int32)], [ones.reshape(2, 2)], [ones, ones]]
    assert len({pack(arrays).id for arrays in [[ones], *others]}) == 5


def test_big_endian_arrays_arrive_in_order():
    values = np.arange(3, dtype=">f4")
    np.testing.assert_array_equal(unpack(pack([values]).data)[1][0], [0, 1, 2])


def test_a_type_the_browser_does_not_read_is_refused():
    with pytest.raises(KeyError, match="complex64"):
        pack([np.zeros(2, np.complex64)])


def two_figures(second=1.0):
    clock = np.arange(3, dtype=np.int32)
    ground = {"type": "contour", "z": np.eye(3, dtype=np.float32)}
    start = {"type": "scatter", "x": [1.5], "y": [2.5]}
    runs = [{"x": clock, "y": np.full(3, v, np.float32), "meta": {"run": k}} for k, v in enumerate((7.0, second))]
    return {"map": Figure((ground, start, *runs), {}), "loss": Figure(tuple(runs), {})}


def test_figures_come_back_whole():
    figures = two_figures()
    parts = take_apart(figures)
    arrays = {name: unpack(part.data)[1] for name, part in parts.items()}
    outlines = ["data of map", "layout of map", "data of loss", "layout of loss"]
    assert list(parts) == [*outlines, "surface", "run 0", "run 1"]
    for name, figure in figures.items():
        data = json.loads(arrays[f"data of {name}"][0].tobytes())
        assert json.loads(arrays[f"layout of {name}"][0].tobytes()) == figure.layout
        for trace, bare in zip(figure.data, data, strict=True):
            for field, value in trace.items():
                if isinstance(value, np.ndarray):
                    np.testing.assert_array_equal(arrays[bare[field]["part"]][bare[field]["array"]], value)
                else:
                    assert bare[field] == value
        assert name == "loss" or data[1]["x"] == [1.5]


def test_a_changed_run_changes_its_part_alone():
    before, after = take_apart(two_figures()), take_apart(two_figures(second=2.0))
    assert {name for name in before if before[name] != after[name]} == {"run 1"}


def test_an_array_that_is_there_twice_travels_once():
    part = take_apart(two_figures())["run 0"]
    assert [list(a) for a in unpack(part.data)[1]] == [[0, 1, 2], [7, 7, 7]]


def test_taking_apart_leaves_the_figures_alone():
    figures = two_figures()
    take_apart(figures)
    assert isinstance(figures["map"].data[0]["z"], np.ndarray)

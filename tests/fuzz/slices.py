"""Files of slices that were damaged on the way, or made to do harm: each is read or refused in one sentence, soon."""

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterator

import numpy as np

from spec.sentences import SentenceError
from surfaces.measured.files import read
from surfaces.measured.files.hdf5_reader import arrays_of

LONGEST = 600
"""Characters of a sentence."""


def parts(dice: random.Random) -> dict[str, np.ndarray]:
    """Return what a file may hold."""
    columns, rows = dice.choice([(4, 4), (5, 7), (21, 21), (1, 9), (600, 4)])
    loss = np.exp(np.random.default_rng(dice.randrange(10**6)).standard_normal((rows, columns)))
    loss.flat[:: dice.choice([2, 7, 1000])] = dice.choice([np.nan, -1.0, np.inf, -1.797e308])
    names = dice.choice(
        [("x", "y", "loss"), ("alphas", "betas", "losses"), ("xcoordinates", "ycoordinates", "train_loss")]
    )
    x, y = np.linspace(-1, 1, columns), np.linspace(0, dice.choice([1.0, -3.0, 0.0]), rows)
    made = dict(zip(names, (x, y, dice.choice([loss, loss.T, loss.ravel()])), strict=True))
    if dice.random() < 0.3:
        made |= {"proj_xcoord": x[:5], "proj_ycoord": y[:5]}
    return {name: values for name, values in made.items() if dice.random() < 0.95}


def _npz(dice: random.Random) -> bytes:
    file = io.BytesIO()
    dice.choice([np.savez, np.savez_compressed])(file, **parts(dice))
    return file.getvalue()


def _npy(dice: random.Random) -> bytes:
    file = io.BytesIO()
    values = next(iter(parts(dice).values()), np.zeros(3))
    kinds = ["f8", "f4", "i4", ">f8", "c16", "U5", "O", "M8[s]", "f2", "?"]
    np.save(file, np.zeros(values.shape, dice.choice(kinds)) if dice.random() < 0.3 else values, allow_pickle=True)
    return file.getvalue()


def _csv(dice: random.Random) -> bytes:
    values = next((array for array in parts(dice).values() if array.ndim == 2), np.zeros((4, 4)))
    mark = dice.choice([",", ";", "\t", " "])
    lines = [mark.join(f"{value:.4g}" for value in row) for row in values[:20, :20]]
    if dice.random() < 0.3:
        lines.insert(0, mark.join(f"name{k}" for k in range(values[:20, :20].shape[1])))
    text = "\n".join(lines)
    return (text.replace(".", ",") if dice.random() < 0.1 else text).encode(dice.choice(["utf-8", "utf-16"]))


def _json(dice: random.Random) -> bytes:
    held = {name: np.where(np.isfinite(array), array, 0.0).tolist() for name, array in parts(dice).items()}
    return json.dumps(dice.choice([held, next(iter(held.values()), []), [held], 5, "x"])).encode()


def _bomb(dice: random.Random) -> tuple[str, bytes]:
    """Return what unpacks to far more than it is, or says so."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(dice.choice([1, 3, 100])):
            shape = dice.choice(["(10000000000,)", "(9,9,9,9)", "(-1,)", "(3, 3)", "(" + "9" * 400 + ",)"])
            head = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(502) + b"\n"
            data = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + b"\0" * dice.choice([72, 2**20])
            archive.writestr(f"{dice.choice(['loss', '../loss', 'x'])}{number}.npy", data)
    nested = b"[" * dice.choice([500, 100_000]) + b"1"
    return dice.choice([("a.npz", file.getvalue()), ("a.json", nested), ("a.csv", b"1," * 10**6), ("a.npy", nested)])


def damaged(dice: random.Random, data: bytes) -> bytes:
    """Return bytes as they came, cut, or with some of them changed."""
    held = bytearray(data)
    for _ in range(dice.choice([0, 1, 1, 3, 30])):
        at = dice.randrange(len(held) + 1)
        match dice.randrange(4):
            case 0:
                held[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del held[at : at + dice.choice([1, 8, 400])]
            case 2:
                held[at:at] = dice.choice([b"\0", b"\xff" * 8, b"nan", b"{}", b"\n", dice.randbytes(20)])
            case _:
                held = held[:at] if dice.random() < 0.2 else held
    return bytes(held)


MAKERS: dict[str, Callable[[random.Random], bytes]] = {"npz": _npz, "npy": _npy, "csv": _csv, "json": _json}


def file(dice: random.Random) -> tuple[str, bytes]:
    """Return a file's name and what it holds."""
    if dice.random() < 0.02:
        return _bomb(dice)
    kind = dice.choice(list(MAKERS))
    name = dice.choice(list(MAKERS)) if dice.random() < 0.05 else kind
    return f"slice.{name}", damaged(dice, MAKERS[kind](dice))


def check(made: tuple[str, bytes]) -> Iterator[str]:
    """Yield what is wrong with how a file is read."""
    try:
        found = read(*made)
    except SentenceError as error:
        if len(str(error.sentence)) > LONGEST:
            yield f"a sentence of {len(str(error.sentence))} characters"
        return
    if found.grid is None and not len(found.path):
        yield "neither a slice nor a path"
    if found.grid is not None and not np.isfinite(found.grid.loss).any():
        yield "a slice without a loss"


def hdf5(dice: random.Random) -> bytes:
    """Return a damaged HDF5 file."""
    import h5py

    held = io.BytesIO()
    with h5py.File(held, "w") as opened:
        for name, values in parts(dice).items():
            opened.create_dataset(
                name, data=values, compression=dice.choice([None, "gzip"]) if values.size > 20 else None
            )
        opened["link"] = h5py.ExternalLink("/etc/hostname", "/x")
    return damaged(dice, held.getvalue())


def check_hdf5(data: bytes) -> Iterator[str]:
    """Yield what is wrong with how it is read; an error there is a sentence here, since it ends another process."""
    try:
        found = arrays_of(data)
    except Exception:
        return
    if not all(array.dtype.kind in "fiub" for array in found.values()):
        yield "an array of something else"

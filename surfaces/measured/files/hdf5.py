"""HDF5, as loss-landscape writes it: read by h5py, an optional extra, in a process of its own, since it is C code."""

import importlib.util
import subprocess
import sys
from pathlib import Path

from spec.sentences import SentenceError
from surfaces.measured.files.arrays import Arrays
from surfaces.measured.files.numpy_files import npz

PATIENCE = 5.0
"""Seconds that the other process has; reading takes a few hundredths, the rest is its start on a busy machine."""

MEMORY = 2**30
"""Bytes of addresses that it has, most of which are its libraries."""

READER = Path(__file__).with_name("hdf5_reader.py")


def hdf5(data: bytes) -> Arrays:
    """Return the arrays of an HDF5 file by their names, without what lies in other files."""
    if importlib.util.find_spec("h5py") is None:
        raise SentenceError("this server reads no .h5 files (h5py is not installed); save the slice as .npz")
    try:
        command = [sys.executable, "-I", "-W", "ignore", str(READER), str(MEMORY)]
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise SentenceError("this .h5 file takes too long to read") from None
    if done.returncode != 0:
        raise SentenceError("this is no .h5 file, or it is damaged")
    return npz(done.stdout)

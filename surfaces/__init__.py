"""The catalogue of loss surfaces: one file an entry; see base.py for the contract."""

import sys

from spec.catalogue import Catalogue
from surfaces.base import Surface

SURFACES: Catalogue[Surface] = Catalogue(sys.modules[__name__], Surface, lambda entry: entry.title)

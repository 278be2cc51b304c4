"""The catalogue of optimizers: one file an entry; see base.py for the contract."""

import sys

from optimizers.base import Optimizer
from spec.catalogue import Catalogue

OPTIMIZERS: Catalogue[Optimizer] = Catalogue(sys.modules[__name__], Optimizer)

"""The catalogue of learning-rate schedules: one file an entry; see base.py for the contract."""

import sys

from schedules.base import Schedule
from spec.catalogue import Catalogue

SCHEDULES: Catalogue[Schedule] = Catalogue(sys.modules[__name__], Schedule)

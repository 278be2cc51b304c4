"""Sigmascope's first page: the lab."""

from ui.frame import open_page
from ui.lab import lab

lab(open_page("Lab"))

"""Every surface, optimizer and schedule, made from the catalogues themselves."""

from ui.catalogue import catalogue
from ui.frame import Frame
from ui.pages import CATALOGUE

catalogue(Frame(CATALOGUE))

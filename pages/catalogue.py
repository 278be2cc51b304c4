"""Every surface, optimizer and schedule, made from the catalogues themselves."""

from ui.catalogue import catalogue
from ui.frame import CATALOGUE, PARAMETERS, Frame

catalogue(Frame("Catalogue", PARAMETERS[CATALOGUE]))

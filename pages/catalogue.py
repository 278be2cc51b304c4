"""Every surface, optimizer and schedule, made from the catalogues themselves."""

from ui.catalogue import catalogue
from ui.frame import Frame

catalogue(Frame("Catalogue", parameters=("entry",)))

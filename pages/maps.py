"""One picture of many runs of a scene."""

from ui.frame import Frame
from ui.maps.page import maps
from ui.pages import MAPS

maps(Frame(MAPS))

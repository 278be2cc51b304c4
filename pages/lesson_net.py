"""A lesson that a teacher has made of a network's training."""

from ui.frame import Frame
from ui.lesson import lesson
from ui.network.lesson import OnANetwork
from ui.pages import NETWORK_LESSONS

lesson(Frame(NETWORK_LESSONS), OnANetwork)

"""A small network on real digits, trained by the lab's rules."""

from ui.frame import Frame
from ui.network.page import network
from ui.pages import NETWORK

network(Frame(NETWORK))

"""A lesson that a teacher has made of a scene."""

from ui.frame import Frame
from ui.lesson import lesson
from ui.pages import LESSONS

lesson(Frame(LESSONS))

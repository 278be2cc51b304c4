"""What two dimensions cannot say."""

from ui.frame import Frame
from ui.pages import TWO_AXES
from ui.two_axes import two_axes

two_axes(Frame(TWO_AXES))

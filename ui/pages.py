"""The pages of the app."""

from dataclasses import dataclass
from pathlib import PurePath

from ui.parameters import (
    AXES,
    CELLS,
    CHAPTER,
    CUT,
    ENTRY,
    GOAL,
    LESSON,
    MAP_SIDES,
    MOMENT,
    NETWORK_PANELS,
    PANELS,
    TUNED,
    VIEW,
    Parameter,
)


@dataclass(frozen=True)
class Page:
    """A page.

    file: its script. title: in English. icon: of the links to it. parameters: what it keeps in its address beside
    the scene. shows_scene: whether the scene is in its address. form: what kind of scene that is, of `ui.scene.FORMS`.
    is_linked: whether all pages lead to it.
    """

    file: str
    title: str
    icon: str
    parameters: tuple[Parameter, ...] = ()
    shows_scene: bool = True
    form: str = "scene"
    is_linked: bool = True

    @property
    def name(self) -> str:
        """The last part of its address, nothing for the first page."""
        return "" if self is LAB else PurePath(self.file).stem


LAB = Page("lab.py", "Lab", ":material/science:", (VIEW, AXES, PANELS, MOMENT, GOAL, TUNED))
LECTURE = Page("pages/lecture.py", "Lecture", ":material/school:", (CHAPTER,), shows_scene=False)
CATALOGUE = Page("pages/catalogue.py", "Catalogue", ":material/menu_book:", (ENTRY,))

LESSONS = Page("pages/lesson.py", "Lesson", ":material/edit_note:", (*LESSON, VIEW, AXES, PANELS), is_linked=False)

MAPS = Page("pages/maps.py", "Maps", ":material/grid_view:", (*MAP_SIDES, CELLS, GOAL, MOMENT))

NETWORK = Page("pages/network.py", "Network", ":material/hub:", (CUT, NETWORK_PANELS, MOMENT), form="study")

NETWORK_LESSONS = Page(
    "pages/lesson_net.py",
    LESSONS.title,
    LESSONS.icon,
    (*LESSON, CUT, NETWORK_PANELS),
    form=NETWORK.form,
    is_linked=False,
)

TWO_AXES = Page(
    "pages/two_axes.py", "What two dimensions cannot say", ":material/dataset:", shows_scene=False, is_linked=False
)

PAGES = (LAB, MAPS, LECTURE, NETWORK, CATALOGUE, TWO_AXES, LESSONS, NETWORK_LESSONS)
"""All of them, in the order of the links."""

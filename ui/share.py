"""What a person takes away of a scene: its link, also as a picture for the wall, its numbers, and a notebook."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from urllib.parse import urlencode, urlsplit, urlunsplit

import segno
import streamlit as st

from engine.scenario import Scenario
from engine.trajectory import Trajectory
from engine.url import encode
from explain.lecture.chapters import CHAPTERS
from explain.lesson import Lesson
from export.notebook import LONGEST, notebook
from export.tables import csv_text, npz_bytes, scene_json, stride_of
from spec.sentences import Sentence
from ui.copy import copied
from ui.drawing import drawing
from ui.film import film
from ui.lesson_address import address_of_lesson
from ui.offline import offline_lecture, offline_scene
from ui.pages import LESSONS
from ui.parameters import AXES, LETS, PANELS, VIEW
from ui.preview_of import html_shown, page_shown, preview_of, text_shown
from ui.scene import address_everywhere, kept
from ui.sheets import scene_sheets, worksheet
from ui.text import language, say, say_sentence, say_sentence_in, translate
from ui.workers import work

STYLE = """
<style>
.qr img { width: 14rem; max-width: 100%; border-radius: 0.5rem; }
</style>
"""


FRAME = """<iframe src="{source}" title="Sigmascope" allow="fullscreen" style="width: 100%; height: 720px; border: 0">
</iframe>
<script>
addEventListener("message", ({{ data, origin, source }}) => {{
  if (origin !== "{origin}" || data?.type !== "sigmascope:height") return
  for (const frame of document.querySelectorAll("iframe")) {{
    if (frame.contentWindow === source) frame.style.height = Number(data.height) + "px"
  }}
}})
</script>"""
"""A scene in another page, which is as tall as the scene says."""


def share(scenario: Scenario, trajectories: Sequence[Trajectory], chapter: int = 0) -> None:
    """Draw a button that opens what a person can take away of a scene; chapter: whose it is, 0 for none."""
    if st.button(say("Share"), key="share-button", icon=":material/ios_share:"):
        st.dialog(say("Take this scene away"), width="medium")(_panel)(scenario, trajectories, chapter)


def _panel(scenario: Scenario, trajectories: Sequence[Trajectory], chapter: int) -> None:
    link = link_of_page()
    link_part(link)
    st.subheader(say("A lesson of your own"), anchor=False)
    _lesson(scenario, chapter)
    frame_part(link)
    st.subheader(say("A page without a network"), anchor=False)
    _offline(scenario, trajectories, link, chapter)
    st.subheader(say("Picture"), anchor=False)
    st.caption(say("The whole figure as it is now, with its formulas; the camera on a panel saves that alone."))
    drawing(f"sigmascope-{scenario.surface.slug}")
    st.subheader(say("Film"), anchor=False)
    film(scenario, trajectories)
    st.subheader(say("On paper"), anchor=False)
    _paper(scenario, trajectories, link, chapter)
    st.subheader(say("Numbers"), anchor=False)
    _numbers(scenario, trajectories, link)
    st.subheader(say("Notebook"), anchor=False)
    _notebook(scenario, trajectories, link)


def link_part(link: str) -> None:
    """Draw a link to copy, also as a picture for the wall."""
    st.subheader(say("Link"), anchor=False)
    st.caption(say("Whoever opens it sees this scene; nothing else is needed."))
    copied("copy-link", link, say("Link"))
    qr(link)


def frame_part(link: str) -> None:
    """Draw the code of a frame for another page, and what it will show."""
    st.subheader(say("In a page of yours"), anchor=False)
    st.caption(say("The frame keeps its height in step with the scene; it needs no cookies."))
    copied("copy-frame", frame_code(link), say("In a page of yours"))
    preview_of("frame", partial(page_shown, "frame", embedded(link)))


def link_of_page(without: str = "") -> str:
    """Return the address of the page as it is, which has all of the scene; without: a parameter that is left out."""
    parts = urlsplit(st.context.url or "")
    said = {name: text for name, text in st.query_params.to_dict().items() if name != without}
    query = urlencode(said, safe=",:*^()/")
    return urlunsplit(parts._replace(path=parts.path or "/", query=query))


def frame_code(link: str) -> str:
    """Return HTML that shows a scene in another page, without what stands around it."""
    parts = urlsplit(link)
    return FRAME.format(source=escape(embedded(link)), origin=f"{parts.scheme}://{parts.netloc}")


def embedded(link: str) -> str:
    """Return the address of a page that stands by itself."""
    parts = urlsplit(link)
    return urlunsplit(parts._replace(query=f"{parts.query}&embed=true".lstrip("&")))


def qr(link: str) -> None:
    """Draw a link as a picture for the wall, dark on light."""
    try:
        picture = segno.make_qr(link, error="l").svg_data_uri(border=4, dark="#000000", light="#ffffff")
    except segno.DataOverflowError:
        st.caption(say("This link is too long for a QR code."))
        return
    words = escape(say("The link as a QR code"))
    st.html(f'{STYLE}<div class="qr"><img alt="{words}" src="{picture}"/></div>')


def _lesson(scenario: Scenario, chapter: int) -> None:
    st.caption(say("Say what students see, what they may change and what you ask; it becomes a link of its own."))
    query = encode(scenario) | address_everywhere()
    if chapter:
        taught = CHAPTERS[chapter - 1]
        query |= address_of_lesson(taught.lesson(say_sentence))
        query |= {PANELS.name: PANELS.knob.format(tuple(name for name in taught.charts if name != "map"))}
    else:
        query |= kept((VIEW, AXES, PANELS)) | address_of_lesson(Lesson("", lets=frozenset(LETS.default)))
    st.page_link(LESSONS.file, label=say("Make a lesson of it"), icon=LESSONS.icon, query_params=query)


def _offline(scenario: Scenario, trajectories: Sequence[Trajectory], link: str, chapter: int) -> None:
    st.caption(say("One file with the player in it: open it anywhere. It plays; to change the scene, follow its link."))
    code = language()
    make: Callable[[], str] = partial(offline_scene, scenario, trajectories, link, code)
    if chapter:
        make = partial(offline_lecture, code, [chapter])
    with st.container(horizontal=True):
        _file(scenario, "html", "text/html", make, say("This chapter") if chapter else "")
        if chapter:
            _file(scenario, "lecture.html", "text/html", partial(offline_lecture, code), say("All chapters"))
    preview_of("offline", partial(html_shown, "offline", make))


def _paper(scenario: Scenario, trajectories: Sequence[Trajectory], link: str, chapter: int) -> None:
    st.caption(say("Two sheets of A4 with picture, question, formula and numbers: open it and print."))
    code, html = language(), "text/html"
    with st.container(horizontal=True):
        for name, label, is_answered in (
            ("sheet.html", say("With answers"), True),
            ("worksheet.html", say("To fill in"), False),
        ):
            make = partial(scene_sheets, scenario, trajectories, link, code, is_answered)
            if chapter:
                make = partial(worksheet, code, is_answered, [chapter])
            _file(scenario, name, html, make, label)
        if chapter:
            _file(scenario, "lecture-sheets.html", html, partial(worksheet, code, True), say("All chapters"))
            every = say("All chapters, to fill in")
            _file(scenario, "lecture-worksheets.html", html, partial(worksheet, code, False), every)
    preview_of("paper", partial(html_shown, "paper", make))


def _numbers(scenario: Scenario, trajectories: Sequence[Trajectory], link: str) -> None:
    st.caption(
        say("Every update of every run: point, loss, gradient, direction, σ, step size, learning rate, sharpness.")
    )
    stride = stride_of(trajectories)
    if stride > 1:
        values = {"stride": stride}
        thinned = Sentence("So many updates are thinned: one of {stride} is written, and the last one.", values)
        st.caption(say_sentence(thinned))
    with st.container(horizontal=True):
        _file(scenario, "csv", "text/csv", lambda: csv_text(scenario, trajectories))
        _file(scenario, "npz", "application/octet-stream", lambda: npz_bytes(scenario, trajectories))
        _file(scenario, "json", "application/json", lambda: scene_json(scenario, link))
    preview_of("numbers", partial(text_shown, partial(csv_text, scenario, trajectories), 8))


def _notebook(scenario: Scenario, trajectories: Sequence[Trajectory], link: str) -> None:
    if scenario.steps > LONGEST:
        most = Sentence("A notebook makes at most {most:,} updates; this scene has more.", {"most": LONGEST})
        st.caption(say_sentence(most))
        return
    st.caption(say("Each rule written out in NumPy, with figures; it needs NumPy and Plotly alone."))
    code = language()
    make = partial(notebook, scenario, trajectories, link, partial(translate, code), partial(say_sentence_in, code))
    _file(scenario, "ipynb", "application/x-ipynb+json", make)


def _file(scenario: Scenario, kind: str, mime: str, make: Callable[[], str | bytes], label: str = "") -> None:
    file_button(f"sigmascope-{scenario.surface.slug}", kind, mime, make, label)


def file_button(name: str, kind: str, mime: str, make: Callable[[], str | bytes], label: str = "") -> None:
    """Draw a button that has a file made and saved once it is asked for."""
    st.download_button(
        label or f".{kind}",
        lambda: work(lambda _: make()),
        file_name=f"{name}.{kind}",
        mime=mime,
        key=f"file:{kind}",
        on_click="ignore",
        icon=":material/download:",
    )

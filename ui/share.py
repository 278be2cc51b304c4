"""What a person takes away of a scene: its link, also as a picture for the wall, its numbers, and a notebook."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from urllib.parse import urlencode, urlsplit, urlunsplit

import segno
import streamlit as st

from spec.sentences import Sentence
from ui.copy import copied
from ui.drawing import drawing
from ui.film import film
from ui.preview_of import html_shown, page_shown, preview_of, text_shown
from ui.scene import address_everywhere, kept
from ui.taken import File, Taken
from ui.text import say, say_sentence
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


def share(make: Callable[[str], Taken]) -> None:
    """Draw a button that opens what a person can take away; make: says what that is, for the link of the page."""
    if st.button(say("Share"), key="share-button", icon=":material/ios_share:"):
        st.dialog(say("Take this scene away"), width="medium")(_panel)(make)


def _panel(make: Callable[[str], Taken]) -> None:
    link = link_of_page()
    taken = make(link)
    link_part(link)
    if not taken.is_in_link:
        st.caption(say("What you brought is not in the link: whoever opens it brings the same file."))
    st.subheader(say("A lesson of your own"), anchor=False)
    _lesson(taken)
    frame_part(link)
    st.subheader(say("A page without a network"), anchor=False)
    st.caption(say("One file with the player in it: open it anywhere. It plays; to change the scene, follow its link."))
    _files(taken, "offline", taken.pages, partial(html_shown, "offline", taken.pages[0].text))
    st.subheader(say("Picture"), anchor=False)
    st.caption(say("The whole figure as it is now, with its formulas; the camera on a panel saves that alone."))
    drawing(taken.name)
    st.subheader(say("Film"), anchor=False)
    film(taken.name, taken.film)
    if taken.sheets:
        st.subheader(say("On paper"), anchor=False)
        st.caption(say("Two sheets of A4 with picture, question, formula and numbers: open it and print."))
        _files(taken, "paper", taken.sheets, partial(html_shown, "paper", taken.sheets[0].text))
    st.subheader(say("Numbers"), anchor=False)
    _numbers(taken)
    st.subheader(say("Notebook"), anchor=False)
    _notebook(taken)


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


def _lesson(taken: Taken) -> None:
    st.caption(say("Say what students see, what they may change and what you ask; it becomes a link of its own."))
    page, query = taken.lesson
    st.page_link(
        page.file,
        label=say("Make a lesson of it"),
        icon=page.icon,
        query_params={**query} | address_everywhere() | kept(tuple(p for p in page.parameters if p.name not in query)),
    )


def _files(taken: Taken, key: str, files: Sequence[File], show: Callable[[], object]) -> None:
    """Draw the buttons of some files, and the part that shows one of them before."""
    with st.container(horizontal=True):
        for file in files:
            file_button(taken.name, file)
    preview_of(key, show)


def _numbers(taken: Taken) -> None:
    for sentence in taken.columns:
        st.caption(say_sentence(sentence))
    _files(taken, "numbers", taken.numbers, partial(text_shown, taken.numbers[0].text, 8))


def _notebook(taken: Taken) -> None:
    if isinstance(taken.notebook, Sentence):
        st.caption(say_sentence(taken.notebook))
        return
    st.caption(say("Each rule written out in NumPy, with figures; it needs NumPy and Plotly alone."))
    file_button(taken.name, taken.notebook)


def file_button(name: str, file: File) -> None:
    """Draw a button that has a file made and saved once it is asked for."""
    st.download_button(
        file.label or f".{file.kind}",
        lambda: work(lambda _: file.make()),
        file_name=f"{name}.{file.kind}",
        mime=file.mime,
        key=f"file:{file.kind}",
        on_click="ignore",
        icon=":material/download:",
    )

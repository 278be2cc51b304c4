"""A film of a scene: its length, size and words are chosen, it is made with a bar of progress, and saved."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from charts.colours import worn
from charts.theme import Theme
from export.film.gif import SECONDS, SIZES, gif, times_of
from export.film.painter import Look
from spec.sentences import Sentence
from ui.letters import letters, speakable
from ui.limits import FILM_SECONDS
from ui.plain_button import BUTTON, SAVE
from ui.progress import report
from ui.taken import Filmed
from ui.text import language, say, say_sentence, translate
from ui.theme import page_theme
from ui.workers import work

FILM = "film"
"""Session key of the film that was made last."""


_VIDEO = st.components.v2.component(
    "sigmascope_video",
    html='<button type="button"></button><progress max="1" value="0" hidden></progress><span role="status"></span>',
    css=BUTTON
    + "progress { width: 10rem; margin-left: 0.75rem; vertical-align: middle; accent-color: var(--st-primary-color); }",
    js=SAVE
    + """export default ({ data, parentElement }) => {
  const [button, bar, said] = ["button", "progress", "span"].map((name) => parentElement.querySelector(name))
  const show = (isMaking, words = "") => {
    bar.hidden = !isMaking
    button.textContent = isMaking ? data.cancel : data.make
    said.textContent = words
  }
  if (!parentElement.making) show(false)
  button.onclick = () => {
    if (parentElement.making) return parentElement.making.abort()
    const { signal } = (parentElement.making = new AbortController())
    const end = (words) => { parentElement.making = null; show(false, words) }
    const made = (file) => {
      save(file, data.name)
      end(data.saved.replace("{size}", (file.size / 1e6).toFixed(1)))
    }
    const failed = (error) => end(signal.aborted ? "" : data[error.name] ?? data.failed)
    const report = (share) => (bar.value = share)
    const { height, seconds, words } = data
    show(true)
    document.dispatchEvent(new CustomEvent("sigmascope:film", {
      detail: { height, seconds, words, signal, report, made, failed },
    }))
  }
  return () => setTimeout(() => parentElement.isConnected || parentElement.making?.abort())
}
""",
)


@dataclass(frozen=True)
class Film:
    """A film, and what it is of."""

    key: tuple[Hashable, ...]
    data: bytes


def film(name: str, filmed: Filmed | None) -> None:
    """Draw the choices of a film, the ways to make it, and, once it is made, to save it; name: of its file."""
    if filmed:
        st.caption(say("A GIF plays anywhere, in slides too. Whatever you press meanwhile ends its making."))
    seconds, size, speaks = _choices()
    _video(name, seconds, SIZES[size][1], speaks)
    if filmed:
        _gif(name, filmed, seconds, size, speaks)


def _gif(name: str, filmed: Filmed, seconds: float, size: str, speaks: bool) -> None:
    code, theme = speakable(language()), page_theme()
    if speaks and code != language():
        st.caption(say("This server has no font for Chinese, so the words are English."))
    key = (filmed.of, seconds, size, speaks, code, theme.background)
    kept: Film | None = st.session_state.get(FILM)
    if st.button(say("Make a GIF"), key="film:make", icon=":material/movie:"):
        kept = Film(key, _made(filmed, look(filmed, theme, size, code, speaks), seconds))
        st.session_state[FILM] = kept
    if kept and kept.key == key:
        st.image(kept.data)
        saved = say_sentence(Sentence("Save it, {size:.1f} MB", {"size": len(kept.data) / 1e6}))
        icon = ":material/download:"
        st.download_button(saved, kept.data, f"{name}.gif", "image/gif", key="file:gif", on_click="ignore", icon=icon)


def _choices() -> tuple[float, str, bool]:
    """Draw the choices of a film; return its seconds, its size, and whether it has words."""
    lengths = [seconds for seconds in SECONDS if seconds <= FILM_SECONDS]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seconds = st.selectbox(say("Seconds"), lengths, key="film:seconds", width=140)
        size = st.selectbox(say("Size"), list(SIZES)[:2], key="film:size", width=140)
        speaks = st.toggle(say("With words"), value=True, key="film:words")
    return seconds, size, speaks


def _video(name: str, seconds: float, height: int, speaks: bool) -> None:
    """Draw the way to an MP4, which the browser makes of what its player shows."""
    data = {
        "seconds": seconds,
        "height": height,
        "words": speaks,
        "name": f"{name}.mp4",
        "make": say("Make an MP4 in this browser"),
        "cancel": say("Cancel"),
        "saved": say("Saved, {size} MB"),
        "failed": say("The film could not be made in this browser; make a GIF."),
        "NotSupportedError": say("This browser cannot make an MP4; make a GIF."),
    }
    _VIDEO(key="film:mp4", data=data)


def _made(filmed: Filmed, looks: Look, seconds: float) -> bytes:
    words, speak = say("Drawing"), partial(translate, speakable(language()))
    shot = work(lambda _: filmed.shot(speak))
    bar, total = st.progress(0.0, words), len(times_of(shot.updates, seconds))
    made = work(partial(gif, shot, looks, seconds, speak), partial(report, bar, words, 0, total))
    bar.empty()
    return made


def look(filmed: Filmed, theme: Theme, size: str, code: str, speaks: bool) -> Look:
    """Return how a film or a picture looks, with what is told in it if it speaks."""
    return Look(SIZES[size], worn(theme, filmed.runs), letters(), filmed.told(code) if speaks else ())

"""A film of a scene: its length, size and words are chosen, it is made with a bar of progress, and saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path

import streamlit as st

from charts.colours import worn
from charts.theme import Theme
from engine.scenario import Scenario
from engine.trajectory import Trajectory
from explain.captions import captions
from explain.timeline import timeline
from export.film.gif import SECONDS, SIZES, gif, times_of
from export.film.letters import Letters, has_chinese
from export.film.painter import Look, Told
from spec.sentences import Sentence
from ui.limits import FILM_SECONDS
from ui.plain_button import BUTTON, SAVE
from ui.progress import report
from ui.text import language, say, say_sentence, say_sentence_in, translate
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

    key: tuple[object, ...]
    data: bytes


def film(scenario: Scenario, trajectories: Sequence[Trajectory]) -> None:
    """Draw the choices of a film, the way to make it, and, once it is made, to save it."""
    st.caption(say("A GIF plays anywhere, in slides too. Whatever you press meanwhile ends its making."))
    seconds, size, speaks = _choices()
    _video(f"sigmascope-{scenario.surface.slug}", seconds, SIZES[size][1], speaks)
    code, theme = speakable(language()), page_theme()
    if speaks and code != language():
        st.caption(say("This server has no font for Chinese, so the words are English."))
    key = (scenario, seconds, size, speaks, code, theme.background)
    kept: Film | None = st.session_state.get(FILM)
    if st.button(say("Make a GIF"), key="film:make", icon=":material/movie:"):
        kept = Film(
            key, _made(scenario, trajectories, look(scenario, trajectories, theme, size, code, speaks), seconds)
        )
        st.session_state[FILM] = kept
    if kept and kept.key == key:
        st.image(kept.data)
        saved = say_sentence(Sentence("Save it, {size:.1f} MB", {"size": len(kept.data) / 1e6}))
        name = f"sigmascope-{scenario.surface.slug}.gif"
        icon = ":material/download:"
        st.download_button(saved, kept.data, name, "image/gif", key="file:gif", on_click="ignore", icon=icon)


def video_choices(name: str) -> None:
    """Draw the choices of a film that the browser makes of what its player shows, and the way to make it."""
    seconds, size, speaks = _choices()
    _video(name, seconds, SIZES[size][1], speaks)


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


def _made(scenario: Scenario, trajectories: Sequence[Trajectory], looks: Look, seconds: float) -> bytes:
    words = say("Drawing")
    bar, total = st.progress(0.0, words), len(times_of(scenario.steps, seconds))
    make = partial(gif, scenario, trajectories, looks, seconds, partial(translate, speakable(language())))
    made = work(make, partial(report, bar, words, 0, total))
    bar.empty()
    return made


def look(
    scenario: Scenario, trajectories: Sequence[Trajectory], theme: Theme, size: str, code: str, speaks: bool
) -> Look:
    """Return how a film or a picture of a scene looks, with what is told of it if it speaks."""
    told = _told(scenario, trajectories, code) if speaks else ()
    return Look(SIZES[size], worn(theme, scenario.runs), Letters(_font()), told)


def speakable(code: str) -> str:
    """Return the language, or English where this machine cannot write it."""
    return code if code == "en" or has_chinese() else "en"


def _told(scenario: Scenario, trajectories: Sequence[Trajectory], code: str) -> tuple[Told, ...]:
    events = captions(timeline(scenario, trajectories, partial(translate, code)))
    speak = partial(say_sentence_in, code)
    return tuple(Told(event.update, speak(event.caption), speak(event.detail)) for event in events)


@lru_cache(maxsize=1)
def _font() -> Path | None:
    """Return the file of the font that the page has too, if Streamlit brings it as it did."""
    spec = find_spec("streamlit")
    media = Path(spec.origin).parent / "static" / "static" / "media" if spec and spec.origin else Path()
    return next(iter(sorted(media.glob("SourceSansVF-Upright*.woff2"))), None)

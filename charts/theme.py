"""Every colour, dash, font and distance of the charts, for a light and for a dark page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

DASHES = ("solid", "11px,3px", "3px,3px", "11px,3px,3px,3px", "6px,3px", "6px,3px,2px,3px,2px,3px")
"""The dash of run k; with its colour it marks the run in every chart, also for those who see few colours."""

DASHES_3D = ("solid", "longdash", "dot", "longdashdot", "dash", "dashdot")
"""What WebGL has in place of DASHES."""


@dataclass(frozen=True)
class TypeScale:
    """The four sizes of all type, in px of a page whose text is 16; `player.css` has them too."""

    small: int = 12
    text: int = 14
    lead: int = 18
    title: int = 24


TYPE = TypeScale()

SPACE = 8
"""The distance of which all distances are multiples or halves, in px; `player.css` has it too."""


@dataclass(frozen=True)
class Theme:
    """Colours of one kind of page.

    background: also the halo of every path. primary, border: of a page's controls, as Streamlit's settings have them.
    runs: one colour a run, contrast at least 3 on the background, apart from
    each other in every common kind of colour vision (Okabe and Ito's hues, moved in lightness). contours: from the
    valley's floor, which is dark, to the heights, which are light. gleam, shadow: what more and less light than on
    level ground mixes in. contour_line_3d: what contour_line looks like on them, for WebGL, where nothing shines
    through.
    """

    background: str
    text: str
    muted: str
    grid: str
    primary: str
    border: str
    runs: tuple[str, ...]
    contours: tuple[str, ...]
    gleam: str
    shadow: str
    contour_line: str
    contour_line_3d: str

    @cached_property
    def contour_scale(self) -> list[list[Any]]:
        """The contour colours as Plotly writes a colour scale."""
        last = len(self.contours) - 1
        return [[i / last, colour] for i, colour in enumerate(self.contours)]

    @cached_property
    def template(self) -> dict[str, Any]:
        """What all figures share: transparent paper, quiet axes, one font."""
        font = {"family": '"Source Sans", sans-serif', "color": self.text, "size": TYPE.text}
        axis = {
            "automargin": True,
            "gridcolor": self.grid,
            "linecolor": self.grid,
            "tickfont": {"color": self.muted, "size": TYPE.small},
            "title": {"font": {"color": self.muted, "size": TYPE.text}},
            "spikecolor": self.muted,
            "spikedash": "solid",
            "spikethickness": 1,
            "zeroline": False,
        }
        return {
            "layout": {
                "font": font,
                "paper_bgcolor": "rgba(0,0,0,0)",
                "plot_bgcolor": "rgba(0,0,0,0)",
                "modebar": {"bgcolor": self.background, "color": self.muted, "activecolor": self.text},
                "hoverlabel": {"font": font, "bgcolor": self.background, "bordercolor": self.grid},
                "xaxis": axis,
                "yaxis": axis,
            }
        }


LIGHT = Theme(
    background="#ffffff",
    text="#1c2430",
    muted="#5b6270",
    grid="#e4e8ee",
    primary="#1f5f8b",
    border="#d9dde3",
    runs=("#354ecf", "#bb6805", "#278b82", "#630f76", "#764814", "#242424"),
    contours=("#5886ae", "#82acc9", "#aecddd", "#d3e3e6", "#ebeee6", "#f8f5ea"),
    gleam="#fffefa",
    shadow="#4a6484",
    contour_line="rgba(40, 62, 88, 0.26)",
    contour_line_3d="#9fb2c2",
)

DARK = Theme(
    background="#12161c",
    text="#e8ecf1",
    muted="#a9b1bf",
    grid="#262d38",
    primary="#7cb7e0",
    border="#39424e",
    runs=("#638cff", "#f2660a", "#8cd2a9", "#b97da5", "#f1d50e", "#f3eaff"),
    contours=("#0b1726", "#12283c", "#1b3c54", "#28516a", "#38657c", "#48788c"),
    gleam="#a9cfe0",
    shadow="#04080e",
    contour_line="rgba(190, 218, 240, 0.18)",
    contour_line_3d="#4d7488",
)

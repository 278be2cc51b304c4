"""Every colour, dash and font of the charts, for a light and for a dark page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

DASHES = ("solid", "11px,3px", "3px,3px", "11px,3px,3px,3px", "6px,3px", "6px,3px,2px,3px,2px,3px")
"""The dash of run k; with its colour it marks the run in every chart, also for those who see few colours."""

DASHES_3D = ("solid", "longdash", "dot", "longdashdot", "dash", "dashdot")
"""What WebGL has in place of DASHES."""


@dataclass(frozen=True)
class Theme:
    """Colours of one kind of page.

    runs: one colour a run, contrast at least 3 on the background and on every contour colour, apart from each
    other in every common kind of colour vision (Okabe and Ito's hues, moved in lightness). contours: from the
    valley floor to the heights, ordered by lightness and pale, so that the paths carry the colour. contour_line_3d:
    what contour_line looks like on them, for WebGL, where nothing shines through.
    """

    background: str
    text: str
    muted: str
    grid: str
    runs: tuple[str, ...]
    contours: tuple[str, ...]
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
        font = {"family": '"Source Sans", sans-serif', "color": self.text, "size": 13}
        axis = {
            "automargin": True,
            "gridcolor": self.grid,
            "linecolor": self.grid,
            "tickfont": {"color": self.muted},
            "title": {"font": {"color": self.muted, "size": 13}},
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
    runs=("#354ecf", "#bb6805", "#278b82", "#630f76", "#764814", "#242424"),
    contours=("#d3deea", "#dde6ef", "#e7edf4", "#f0f4f8", "#fafbfd"),
    contour_line="rgba(70, 95, 125, 0.22)",
    contour_line_3d="#b9c6d5",
)

DARK = Theme(
    background="#12161c",
    text="#e8ecf1",
    muted="#a9b1bf",
    grid="#262d38",
    runs=("#638cff", "#f2660a", "#8cd2a9", "#b97da5", "#f1d50e", "#f3eaff"),
    contours=("#2f4258", "#28384b", "#202d3d", "#19222e", "#151b24"),
    contour_line="rgba(180, 205, 235, 0.16)",
    contour_line_3d="#3d4b5c",
)

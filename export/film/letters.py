"""The fonts of a film: one for Latin and Greek, and one for Chinese where the machine has one."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

CHINESE = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc",
    "msyh.ttc",
    "PingFang.ttc",
    "NotoSerifCJK-Regular.ttc",
)
"""Files of fonts that have Chinese characters, as systems call them."""

FIRST = "\u2e80"
"""The first character that only such a font has."""


class Letters:
    """Fonts by their size; file: of a variable font for all but Chinese, Pillow's own by default."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file

    def font(self, text: str, size: float, weight: str = "Regular") -> FreeTypeFont:
        """Return a font that has a text's characters, `size` pixels high."""
        if any(sign >= FIRST for sign in text):
            file = _chinese()
            if file:
                return ImageFont.truetype(file, size)
        return _latin(self._file, size, weight)


def has_chinese() -> bool:
    """Return whether the machine has a font for Chinese."""
    return _chinese() is not None


@lru_cache(maxsize=1)
def _chinese() -> str | None:
    for name in CHINESE:
        try:
            ImageFont.truetype(name, 12)
        except OSError:
            continue
        return name
    return None


@lru_cache(maxsize=64)
def _latin(file: Path | None, size: float, weight: str) -> FreeTypeFont:
    if file is None:
        font = ImageFont.load_default(size)
        assert isinstance(font, FreeTypeFont)
        return font
    font = ImageFont.truetype(str(file), size)
    font.set_variation_by_name(weight)
    return font

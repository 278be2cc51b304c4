"""The menu of optimizers: classic, adaptive and recent ones, in that order."""

from typing import get_args

from optimizers import OPTIMIZERS
from optimizers.base import Family
from ui.text import say


def by_family() -> list[str]:
    """Return the slugs of all optimizers, those of one family beside each other."""
    order = get_args(Family)
    return sorted(OPTIMIZERS, key=lambda slug: order.index(OPTIMIZERS[slug].family))


def title_in_menu(slug: str) -> str:
    """Return what an optimizer is called in a menu: its family and its title, in the language of the page."""
    families: dict[Family, str] = {"classic": say("Classic"), "adaptive": say("Adaptive"), "recent": say("Recent")}
    rule = OPTIMIZERS[slug]
    return f"{families[rule.family]} · {say(rule.title)}"

"""The menu of optimizers: classic, adaptive and recent ones, in that order."""

from typing import get_args

from optimizers import OPTIMIZERS
from optimizers.base import Family
from ui.text import say


def optimizers_menu() -> dict[str, str]:
    """Return by its slug what each optimizer is called: its family and its title, in the language of the page."""
    families: dict[Family, str] = {"classic": say("Classic"), "adaptive": say("Adaptive"), "recent": say("Recent")}
    order = get_args(Family)
    rules = sorted(OPTIMIZERS.values(), key=lambda rule: order.index(rule.family))
    return {rule.slug: f"{families[rule.family]} · {say(rule.title)}" for rule in rules}

"""The menu of optimizers: by their families, in the order of these."""

from collections.abc import Mapping
from typing import get_args

from optimizers import OPTIMIZERS
from optimizers.base import Family, Optimizer
from ui.text import say


def optimizers_menu(rules: Mapping[str, type[Optimizer]] = OPTIMIZERS) -> dict[str, str]:
    """Return by its slug what each optimizer is called: its family and its title, in the language of the page."""
    families: dict[Family, str] = {
        "classic": say("Classic"),
        "adaptive": say("Adaptive"),
        "recent": say("Recent"),
        "matrix": say("Both axes at once"),
        "reference": say("To race against"),
    }
    order = get_args(Family)
    sorted_rules = sorted(rules.values(), key=lambda rule: order.index(rule.family))
    return {rule.slug: f"{families[rule.family]} · {say(rule.title)}" for rule in sorted_rules}

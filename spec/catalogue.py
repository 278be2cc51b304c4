"""Catalogues: a folder of files, one entry a file, found without a list to keep."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from types import ModuleType
from typing import Any, ClassVar, Self, TypeVar

from spec.knobs import check_knobs
from spec.sentences import Sentence


@dataclass(frozen=True)
class Source:
    """Where an entry comes from: a citation and, where there is one, a link (DOI, arXiv or a page).

    A citation is text in the language of its source, or a Sentence where nothing is cited.
    """

    citation: str | Sentence
    link: str = ""


@dataclass(frozen=True)
class Entry:
    """A catalogue entry: facts as class attributes, hyper-parameters as dataclass fields made by `knob`.

    slug: its name in the address. title: its name on the page. latex: its formula. year: of its source.
    summary: the first paragraph of its docstring, one sentence for the person.
    Raises ValueError if a knob's value is outside its range.
    """

    slug: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    latex: ClassVar[str]
    year: ClassVar[int]
    source: ClassVar[Source]

    def __init_subclass__(cls) -> None:
        if "slug" in vars(cls):
            cls.summary = " ".join((cls.__doc__ or "").strip().split("\n\n")[0].split())
            if not cls.summary:
                raise TypeError(f"{cls.__name__} needs a docstring: its first sentence is what the page says of it")

    def __post_init__(self) -> None:
        check_knobs(self)

    def with_arrays(self, **arrays: Any) -> Self:
        """Return the entry with arrays in the place of numbers, unchecked: many entries that are asked at once."""
        made = object.__new__(type(self))
        made.__dict__.update({field.name: getattr(self, field.name) for field in fields(self)} | arrays)
        return made


E = TypeVar("E", bound=Entry)


class Catalogue(Mapping[str, type[E]]):
    """The final classes of a package, by slug, in the order that `order` gives: oldest source first by default."""

    def __init__(
        self, package: ModuleType, base: type[E], order: Callable[[type[E]], Any] = lambda e: (e.year, e.title)
    ) -> None:
        found = sorted((entry for module in _modules(package) for entry in _entries(module, base)), key=order)
        self._entries = {entry.slug: entry for entry in found}
        if len(self._entries) != len(found):
            raise ValueError(f"two entries of {package.__name__} share a slug: {[e.slug for e in found]}")

    def __getitem__(self, slug: str) -> type[E]:
        return self._entries[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _modules(package: ModuleType) -> list[ModuleType]:
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def _entries(module: ModuleType, base: type[E]) -> list[type[E]]:
    classes = [c for c in vars(module).values() if inspect.isclass(c) and c.__module__ == module.__name__]
    return [c for c in classes if issubclass(c, base) and "slug" in vars(c)]

"""Names in configuration → parts. A stranger's part registers through an entry point, the way ours do."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Generic, TypeVar, cast

from index.errors import IndexingError

Part = TypeVar("Part")


class UnknownPart(IndexingError):
    """A name in the configuration that nothing answers to: the message lists those that exist."""


class Registry(Generic[Part]):
    """Looks a part up by name: our own first, then entry points of ``group``. Nothing is imported before that."""

    def __init__(self, kind: str, group: str, own: Mapping[str, str]) -> None:
        self.kind = kind
        self.group = group
        self._own = dict(own)  # name → "package.module:attribute"

    def names(self) -> list[str]:
        """Every name that ``get`` knows, sorted."""
        return sorted({*self._own, *(point.name for point in entry_points(group=self.group))})

    def get(self, name: str) -> Part:
        """The registered class or function. Raises UnknownPart, which lists the names that exist."""
        if name in self._own:
            module, _, attribute = self._own[name].partition(":")
            return cast(Part, getattr(import_module(module), attribute))
        for point in entry_points(group=self.group):
            if point.name == name:
                return cast(Part, point.load())
        raise UnknownPart(f"no {self.kind} is called {name!r}: there are {', '.join(self.names())}")

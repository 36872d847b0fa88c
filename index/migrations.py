"""How a store of an earlier release becomes one of this release: one script a step, all in one transaction."""

from __future__ import annotations

MIGRATIONS: dict[int, str] = {}  # schema version before the step: the SQL that brings it to the next one

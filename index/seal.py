"""Small files that tell whether a vector index was left cleanly: a marker while it is written, a seal afterwards."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from index.errors import StoreDamaged


class Seal:
    """A marker and a seal in a home. Every write is synced, file and folder: their order survives a power cut."""

    def __init__(self, home: Path, name: str) -> None:
        self._marker = home / f"{name}.dirty"
        self._seal = home / f"{name}.seal.json"

    def is_marked(self) -> bool:
        """A writer is at work, or died, or was stopped by a full disk."""
        return self._marker.exists()

    def mark(self) -> None:
        """Say, before anything is written, that a write has begun. Raises StoreDamaged."""
        if not self._marker.exists():
            _write(self._marker, {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")})

    def close(self, state: Mapping[str, object]) -> None:
        """Vouch for ``state``, then clear the marker. Raises StoreDamaged."""
        _write(self._seal, state)
        self._marker.unlink(missing_ok=True)

    def tear(self) -> None:
        """Vouch for nothing any more."""
        self._seal.unlink(missing_ok=True)

    def vouched(self) -> Mapping[str, object]:
        """What the last clean close saw; empty while marked, or when the seal is missing or torn."""
        if self.is_marked():
            return {}
        try:
            found = json.loads(self._seal.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def _write(path: Path, value: Mapping[str, object]) -> None:
    try:
        with path.open("w", encoding="utf-8") as file:
            json.dump(value, file)
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise StoreDamaged(f"{path} cannot be written: {error.strerror}", "free some space, then try again") from error

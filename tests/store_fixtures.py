"""Homes of short reports for the tests of the store, small and large: a plugin of those test modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash_victims import open_home, write_articles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_articles(tmp_path / "articles", 12)
    return tmp_path / "articles"


@pytest.fixture
def home(tmp_path: Path, folder: Path) -> Path:
    """A home with twelve articles, cleanly closed."""
    with open_home(tmp_path / "home") as collection:
        assert collection.index([str(folder)]).added == 12
    return tmp_path / "home"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose vector index is large enough for Chroma to have written it out. Copy it before breaking it."""
    root = tmp_path_factory.mktemp("large")
    write_articles(root / "articles", 520)
    with open_home(root / "home") as collection:
        assert collection.index([str(root / "articles")]).passages > 1_000
    return root / "home"

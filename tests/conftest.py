"""What many tests share: the bundled articles indexed once with the real embedder, a reader of language, the model."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.config import find_cache
from assistant.environment import stay_local
from assistant.language.reader import LanguageReader
from assistant.types import Verifier
from assistant.verifier import load_verifier
from index import Collection

stay_local()  # before anything heavy is imported
# A shell's background jobs ignore Ctrl-C, and their children too: the tests of it must not.
signal.signal(signal.SIGINT, signal.default_int_handler)
# What is made once from a model's weights is kept between runs, and outside the user's own folders.
os.environ["CLAIMDESK_CACHE"] = str(Path(tempfile.gettempdir()) / "claimdesk-tests")

ARTICLES = Path(__file__).parents[1] / "eval" / "data" / "articles"


@pytest.fixture(scope="session")
def language() -> Iterator[LanguageReader]:
    """A reader with its parses in memory."""
    reader = LanguageReader()
    yield reader
    reader.close()


@pytest.fixture(scope="session")
def grounding() -> Verifier:
    """The model that ships, loaded once."""
    return load_verifier("default")


@pytest.fixture(scope="session")
def seed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the two bundled articles, indexed with the real embedder. Read it only."""
    home = tmp_path_factory.mktemp("seeds")
    with Collection.open(home, cache=find_cache()) as collection:
        report = collection.index([str(ARTICLES)])
    assert (report.added, report.failed) == (2, ())
    return home


@pytest.fixture(scope="session")
def seed_collection(seed_home: Path) -> Iterator[Collection]:
    """That home, open for reading."""
    with Collection.open(seed_home, readonly=True, cache=find_cache()) as collection:
        yield collection

"""Everything else that writes a home, killed and starved of disk: import, export, purge, repair, migration."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import StoreMismatch, examine, export_home, import_home
from tests.crash_victims import (
    EMBEDDER,
    assert_same,
    count_writes,
    do_and_die,
    do_with_full_disk,
    in_fork,
    index_all,
    judge_in_fork,
    open_home,
    state_of,
    until_free,
    write_articles,
)

OLDEST = Path(__file__).with_name("homes") / "schema1.zip"
PURGED, MARK = "report0002.txt", b"marker2x"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one task is done: a folder with a home in it, and an archive beside it."""

    root: Path

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def archive(self) -> Path:
        return self.root / "archive.zip"


@dataclass(frozen=True, slots=True)
class Task:
    """``prepare`` makes the place, ``act`` may die at any write, ``finish`` does what a user would do next."""

    name: str
    prepare: Callable[[Place], None]
    act: Callable[[Place], object]
    finish: Callable[[Place], None]


def indexed(place: Place) -> None:
    write_articles(place.root / "articles", 6)
    index_all(place.home, place.root / "articles")


def archived(place: Place) -> None:
    indexed(place)
    export_home(place.home, place.archive)
    shutil.rmtree(place.home)


def spoilt(place: Place) -> None:
    indexed(place)
    shutil.rmtree(place.home / "chroma")
    with closing(sqlite3.connect(place.home / "store.db")) as store, store:
        store.execute("DELETE FROM embeddings WHERE passage_key % 3 = 0")
        store.execute("UPDATE articles SET state = 'pending', current = 0 WHERE sequence = 5")
        store.execute("INSERT INTO keywords (keywords) VALUES ('delete-all')")


def of_an_older_release(place: Place) -> None:
    place.home.mkdir()
    with zipfile.ZipFile(OLDEST) as bundle:
        bundle.extract("store.db", place.home)


def import_again(place: Place) -> None:
    try:
        import_home(place.archive, place.home)
    except StoreMismatch:  # the first one had put it in place
        settle(place)


def export_again(place: Place) -> None:
    if not place.archive.exists():
        export_home(place.home, place.archive)
    import_home(place.archive, place.root / "copy")
    with open_home(place.root / "copy") as copy, open_home(place.home) as home:
        assert [header.article_id for header in copy.headers()] == [header.article_id for header in home.headers()]


def purge(place: Place) -> None:
    with open_home(place.home) as collection:
        collection.remove(PURGED, purge=True)


def purge_again(place: Place) -> None:
    settle(place)
    with open_home(place.home) as collection:
        left = [header for header in collection.headers() if header.source.endswith(PURGED)]
        if left:
            assert MARK.decode() in collection.search(MARK.decode())[0].passage.text, "half an article"
    if left:
        purge(place)
    for path in place.home.rglob("*"):
        assert not path.is_file() or MARK not in path.read_bytes(), f"{path} holds words of a purged article"


def repair(place: Place) -> None:
    examine(place.home, embedder=EMBEDDER, repair=True)


def repair_again(place: Place) -> None:
    assert examine(place.home, embedder=EMBEDDER, repair=True).healthy


def settle(place: Place) -> None:
    """What the next writer does first."""
    with open_home(place.home) as collection, collection._writing():
        pass


TASKS = (
    Task("import", archived, lambda place: import_home(place.archive, place.home), import_again),
    Task("export", indexed, lambda place: export_home(place.home, place.archive), export_again),
    Task("purge", indexed, purge, purge_again),
    Task("repair", spoilt, repair, repair_again),
    Task("migration", of_an_older_release, settle, settle),
)


def other_tasks(root: Path, rounds: int) -> dict[str, int]:
    """Kill each task ``rounds`` times, and do it on a full disk as often. Returns how often."""
    done: dict[str, int] = {}
    for task in TASKS:
        template = Place(root / task.name)
        template.root.mkdir()
        assert in_fork(lambda _pipe, task=task, place=template: task.prepare(place)) == 0  # type: ignore[misc]
        whole = copy_of(template, root)
        writes = count_writes(lambda _pipe, task=task, place=whole: task.act(place))  # type: ignore[misc]
        expected = state_in_fork(task, whole)
        largest = max(path.stat().st_size for path in whole.root.rglob("*") if path.is_file())
        for number in range(rounds):
            nth = 1 + number * (writes - 1) // max(1, rounds - 1)
            place = copy_of(template, root)
            assert do_and_die(lambda _pipe, task=task, place=place: task.act(place), nth).killed  # type: ignore[misc]
            check(task, place, expected, f"{task.name} was killed after write {nth}")
            place = copy_of(template, root)
            limit = largest * number // rounds
            do_with_full_disk(lambda _pipe, task=task, place=place: task.act(place), limit)  # type: ignore[misc]
            check(task, place, expected, f"{task.name} on a disk full at {limit} bytes")
        done |= {f"kills during {task.name}": rounds, f"full disks during {task.name}": rounds}
    return done


def copy_of(template: Place, root: Path) -> Place:
    place = Place(Path(tempfile.mkdtemp(dir=root)) / "place")
    shutil.copytree(template.root, place.root)
    return place


def state_in_fork(task: Task, place: Place) -> dict[str, Any]:
    """What the task leaves behind when nobody disturbs it."""
    target = place.root / "expected.json"

    def run(_pipe: int) -> None:
        task.finish(place)
        target.write_text(json.dumps(by_name(state_of(place.home))), encoding="utf-8")

    assert in_fork(run) == 0
    found: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return found


def check(task: Task, place: Place, expected: dict[str, Any], when: str) -> None:
    def judge(_pipe: int) -> None:
        until_free(lambda: task.finish(place))
        assert_same(by_name(state_of(place.home)), expected)
        assert not list(place.home.glob(".claimdesk-*"))

    judge_in_fork(judge, when)
    shutil.rmtree(place.root.parent)


def by_name(state: dict[str, Any]) -> dict[str, Any]:
    """The state under file names: the same articles stand in another folder each time."""
    return {Path(key).name: value for key, value in state.items()}

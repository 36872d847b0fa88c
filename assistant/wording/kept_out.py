"""Claims of the invented events that no network was trained on, put to their articles as a user would put them.

In a clone alone: the wheel leaves the events out.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.errors import NotJudged
from assistant.extract import extract_claims
from assistant.language.reader import LanguageReader
from assistant.types import Scope, Stance, Verifier
from assistant.verifier.training.desk import DESKS, Event, Labelled, read_events
from assistant.verify import Shelf, hear
from assistant.wording.conclude import Judged
from index import Collection, IndexOptions

CLAIMS = 10  # of each event, the first by hash
PARAGRAPH = 2  # sentences
SIGNS = {"+": Stance.SUPPORTS, "-": Stance.REFUTES, "~": Stance.DIFFERS, ".": Stance.SILENT}


@dataclass(frozen=True)
class Asked:
    """One claim beside one article of its event, of which something was read. ``number``: of the claim, over all."""

    event: Event
    number: int
    labelled: Labelled
    outlet: str
    judged: Judged

    @property
    def key(self) -> str:
        return f"{self.event.name}/{self.outlet}/{hashed(self.labelled)[:8]}"

    @property
    def label(self) -> Stance:
        return SIGNS[self.labelled.stances[self.outlet][0]]

    @property
    def deciding(self) -> list[str]:
        """The sentences that decide it, by the reader who labelled it."""
        return [self.event.told[self.outlet][place] for place in self.labelled.stances[self.outlet][1]]


def hear_events(verifier: Verifier) -> Iterator[Asked]:
    """Some claims of all kept-out events, in order."""
    events = [event for desk in DESKS for event in read_events(desk) if event.measured and event.claims]
    with tempfile.TemporaryDirectory(prefix="claimdesk-kept-out-") as folder:
        write_articles(events, Path(folder) / "articles.jsonl")
        reader = LanguageReader(Path(folder) / "frames.db")
        with Collection.open(Path(folder) / "home") as collection:
            collection.index([str(Path(folder) / "articles.jsonl")], IndexOptions())
            yield from asked_of(events, collection, reader, verifier)
        reader.close()


def write_articles(events: Sequence[Event], file: Path) -> None:
    """One line an article: its name is the event's and the outlet's."""
    with file.open("w", encoding="utf-8") as out:
        for event in events:
            for outlet, (headline, *body) in event.told.items():
                paragraphs = [" ".join(body[i : i + PARAGRAPH]) for i in range(0, len(body), PARAGRAPH)]
                text = "\n\n".join([headline.rstrip("."), *paragraphs])
                row = {"id": f"{event.name}/{outlet}", "text": text, "publisher": event.outlets[outlet]}
                out.write(json.dumps(row) + "\n")


def asked_of(
    events: Sequence[Event], sources: Collection, reader: LanguageReader, verifier: Verifier
) -> Iterator[Asked]:
    """Left out: a text of several claims, what cannot be judged, and claims about what the outlets say, whose label is
    not that of the articles' words."""
    asked = [(event, labelled) for event in events for labelled in sorted(event.claims, key=hashed)[:CLAIMS]]
    for number, (event, labelled) in enumerate(asked):
        scope = Scope(names=tuple(f"{event.name}/{outlet}" for outlet in event.told))
        claims, _ = extract_claims(labelled.text, reader)
        if len(claims) != 1:
            continue
        _, library = Shelf(labelled.text, sources, reader, scope).open_for(claims[0].text)
        try:
            hearing = hear(claims[0], library, reader, verifier)
        except NotJudged as error:
            sys.stdout.write(f"{event.name}: {error.message}\n")
            continue
        names = {article.header.article_id: article.header.source for article in library.articles}
        if hearing.said is None:
            for judged in hearing.judged:
                if judged.opinions:  # of the others nothing was read
                    outlet = names[judged.stance.article_id].rpartition("/")[2]
                    yield Asked(event, number, labelled, outlet, judged)


def hashed(labelled: Labelled) -> str:
    return sha256(labelled.text.encode("utf-8")).hexdigest()

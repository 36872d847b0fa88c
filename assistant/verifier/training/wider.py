"""The later stages: more rows of the weak kinds, then the desk's own events with some of the former rows repeated."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from assistant.language.parse import load_pipeline
from assistant.verifier.training.desk import DESKS, desk_rows, read_events
from assistant.verifier.training.desk_wikinews import wikinews_events
from assistant.verifier.training.prepare import repeated, set_sources, wikinews, without_repeats
from assistant.verifier.training.rows import PairRow, is_development, read_rows, write_rows
from assistant.verifier.training.synthetic import rows_of

WIDER_SETS: Mapping[str, float] = {
    "mnli_dev_matched": 0.5,
    "mnli_dev_mismatched_noisy": 0.2,
    "snli_dev": 0.12,
    "cad_nli": 0.25,
    "med": 0.12,
    "conjnli": 0.08,
    "creak": 0.06,
    "fm2": 2.5,
    "vitaminc_sample": 3.0,
    "scifact_rte": 2.0,
    "q2": 1.2,
    "begin": 0.5,
    "citint": 1.6,
    "expertqa": 1.6,
    "factcheckgpt": 1.3,
    "summedits": 1.6,
    "wice": 3.0,
}
WIDER_EDITS: Mapping[str, float] = {  # how often a synthetic row is seen; the rest once
    "synthetic:roles": 3.0,
    "synthetic:restriction": 1.7,
    "synthetic:qualifier": 2.2,
    "synthetic:speaker": 3.0,
    "synthetic:modal": 1.4,
    "synthetic:verb": 1.3,
    "synthetic:unit": 1.3,
    "synthetic:number": 1.2,
    "synthetic:headline": 2.0,
    "synthetic:quoted": 0.5,
    "synthetic:elsewhere": 0.8,
}
WIDER_TEXTS: Mapping[str, int] = {
    "conjnli": 500,
    "begin": 1000,
    "q2": 800,
    "fm2": 900,
    "vitaminc_sample": 300,
    "scifact_rte": 150,
    "factcheckgpt": 800,
    "expertqa": 500,
    "citint": 400,
    "summedits": 600,
}
OF_SETS = 0.6  # of the weight, for rows made of the sets' texts instead of Wikinews
MEASURED = 6_000  # rows of the events kept for measuring that the probabilities are fixed on
REPLAYED = 8_000  # rows of the wider stage beside the desk's, so that nothing is unlearned
LONGEST = 120  # words of evidence of a replayed row


def widen(data: Path, out: Path) -> int:
    """Write ``wider``; after ``prepare``. Returns the number of rows."""
    language = load_pipeline()
    training, development = read_rows(out / "training.jsonl.gz"), read_rows(out / "development.jsonl.gz")
    news = unseen(list(rows_of(wikinews(data, held_out=False), language, 25, 31)))
    texts = set_sources(training, development, 77, WIDER_TEXTS)
    made = unseen(list(rows_of(texts, language, 1, 78)))
    of_news = {row.origin: WIDER_EDITS.get(row.origin, 1.0) for row in news}
    of_sets = {row.origin: OF_SETS * WIDER_EDITS.get(row.origin, 1.0) for row in made}
    generator, rows = random.Random(41), list[PairRow]()
    for seed in (51, 52):
        part = [*repeated(training, WIDER_SETS, seed), *repeated(news, of_news, seed), *repeated(made, of_sets, seed)]
        generator.shuffle(part)
        rows += part
    return write_rows(out / "wider.jsonl.gz", rows)


def unseen(rows: list[PairRow]) -> list[PairRow]:
    return [row for row in without_repeats(rows) if not is_development(row.claim)]


def mix_desk(data: Path, out: Path, seed: int = 5) -> int:
    """Write ``desk``, and ``development`` with the claims of the events kept for measuring; after ``widen``.

    Returns the number of rows of ``desk``.
    """
    generator = random.Random(seed)
    events = read_events()
    desk = [*desk_rows(events), *desk_rows(wikinews_events(data))]
    development = [row for row in read_rows(out / "development.jsonl.gz") if row.mix != "desk"]
    measured = [row for folder in DESKS for row in desk_rows(read_events(folder), measured=True)]
    kept = random.Random(seed).sample(measured, min(MEASURED, len(measured)))
    write_rows(out / "development.jsonl.gz", [*development, *kept])
    former = [row for row in read_rows(out / "wider.jsonl.gz") if len(row.evidence.split()) <= LONGEST]
    replayed = generator.sample(former, min(REPLAYED, len(former)))
    rows = [*desk, *replayed]
    generator.shuffle(rows)
    return write_rows(out / "desk.jsonl.gz", rows)

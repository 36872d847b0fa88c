"""Whoever goes while a text is checked takes the work along: the next caller does not wait for it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest

from assistant.assistant import Assistant
from assistant.listener import AT_ONCE, NOBODY, Gone, Listener, WhileWaited, while_waited
from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from assistant.types import Evidence, QuestionReader
from index import Collection, HashingEmbedder, Span
from tests.model_server import model_server
from tests.serving import serving

CLAIMS = 120
MOST_ASKED = 20
STORY = "Harbour piers closed\n\nPier 7 was closed on Monday, the harbour company said. All piers were inspected.\n"
DRAFT = " ".join(f"Pier {number} was closed on Monday." for number in range(1, CLAIMS + 1))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "piers.txt").write_text(STORY, encoding="utf-8")
    desk = tmp_path / "desk"
    with Collection.open(desk, embedder=HashingEmbedder()) as collection:
        collection.index([str(tmp_path / "piers.txt")])
    (desk / "config.toml").write_text('embedder = "hashing"\nverifier = "lexical"\n', encoding="utf-8")
    return desk


def test_a7_a_client_that_goes_leaves_the_verification(home: Path) -> None:
    begun = threading.Event()

    def slowly(_: str) -> Iterator[str]:
        begun.set()
        threading.Event().wait(0.2)
        yield "NEITHER"

    with model_server(slowly) as model:
        settings = f'embedder = "hashing"\nverifier = "llm:{model.model()}"\n'
        (home / "config.toml").write_text(settings, encoding="utf-8")
        with serving(home, Protection(hosts=LOCAL_NAMES)) as address:
            connection = HTTPConnection(address.removeprefix("http://"), timeout=60)
            connection.request(
                "POST", "/api/v1/verify", json.dumps({"text": DRAFT}), {"Content-Type": "application/json"}
            )
            assert begun.wait(60)
            connection.close()
            audited = httpx.post(f"{address}/api/v1/quotes", json={"draft": DRAFT}, timeout=60)  # it waits its turn
            assert audited.status_code == 200
            # one is in the model's hands when the client goes, and LOOK_EVERY may pass before that is noticed
            assert len(model.asked) <= MOST_ASKED


def test_a_question_does_not_wait_for_a_draft(home: Path) -> None:
    begun, answered = threading.Event(), threading.Event()
    events: list[str] = []

    def says(prompt: str) -> Iterator[str]:
        if "Pier 1 was closed" in prompt:  # of the draft
            begun.set()
            answered.wait(60)
        yield "NEITHER"

    def check(address: str, text: str) -> None:
        told = httpx.post(f"{address}/api/v1/verify", json={"text": text}, timeout=120).json()
        events.append(f"{len(told['claims'])} claims")

    with model_server(says) as model:
        settings = f'embedder = "hashing"\nverifier = "llm:{model.model()}"\n'
        (home / "config.toml").write_text(settings, encoding="utf-8")
        with serving(home, Protection(hosts=LOCAL_NAMES)) as address:
            posted = threading.Thread(target=check, args=(address, DRAFT))
            posted.start()
            assert begun.wait(60)
            check(address, "All piers were inspected.")
            answered.set()
            posted.join(120)
    assert events == ["1 claims", f"{CLAIMS} claims"]


def test_an_audit_that_nobody_waits_for_is_left_before_the_next_quotation(home: Path) -> None:
    looks = iter([False] * 3)
    draft = "She said “the piers were closed”. " * 9
    with Assistant.open(home) as assistant, pytest.raises(Gone):
        assistant.audit_quotes(draft, listener=Listener(lambda _: None, lambda: next(looks, True)))


def test_a_verification_that_nobody_waits_for_is_left_before_the_next_claim(home: Path) -> None:
    looks = iter([False] * 8)
    with Assistant.open(home) as assistant, pytest.raises(Gone):
        assistant.verify(DRAFT, listener=Listener(lambda _: None, lambda: next(looks, True)))


class Counting:
    """Judges nothing, and counts what it is given at once."""

    verifier_id = "counting"

    def __init__(self) -> None:
        self.calls: list[int] = []

    def judge(self, claim: str, spans: Sequence[Span]) -> list[Evidence]:
        assert claim
        self.calls.append(len(spans))
        return [Evidence(span, 0.1, 0.1, 0.8, self.verifier_id) for span in spans]


SPANS = [Span("0" * 16, place, place + 1, str(place)) for place in range(1000)]


def test_where_nobody_listens_the_verifier_is_given_all_at_once() -> None:
    verifier = Counting()
    found = WhileWaited(verifier, NOBODY).judge("Pier 7 was closed.", SPANS)
    assert verifier.calls == [1000]
    assert [evidence.span for evidence in found] == SPANS


def test_a_listener_is_looked_for_between_large_slices() -> None:
    verifier = Counting()
    looks = iter([False, False, True])
    with pytest.raises(Gone):
        WhileWaited(verifier, Listener(lambda _: None, lambda: next(looks))).judge("Pier 7 was closed.", SPANS)
    assert verifier.calls == [AT_ONCE, AT_ONCE]
    staying = WhileWaited(verifier, Listener(lambda _: None, lambda: False)).judge("Pier 7 was closed.", SPANS)
    assert [evidence.span for evidence in staying] == SPANS


class Reading(Counting):
    def answers(self, question: str, spans: Sequence[Span]) -> list[float]:
        assert question
        return [0.9 for _ in spans]


def test_a_verifier_that_reads_questions_still_reads_them_while_somebody_waits() -> None:
    waited = while_waited(Reading(), NOBODY)
    assert isinstance(waited, QuestionReader)
    assert waited.answers("When was it closed?", SPANS[:3]) == [0.9] * 3
    assert not isinstance(while_waited(Counting(), NOBODY), QuestionReader)
    left = while_waited(Reading(), Listener(lambda _: None, lambda: True))
    assert isinstance(left, QuestionReader)
    with pytest.raises(Gone):
        left.answers("When was it closed?", SPANS[:3])

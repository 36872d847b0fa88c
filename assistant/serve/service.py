"""Many callers, one collection: short queues in front of single workers, so that callers are served in turn.

Four lanes: questions, drafts, questions that wait for a language model, and indexing. Each lane is one thread with an
assistant of its own: no connection is shared between threads, and neither a long draft nor a slow model holds up the
other callers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from assistant.assistant import Assistant
from assistant.errors import AssistantError

Result = TypeVar("Result")
LONGEST_QUEUE = 64  # calls waiting in one lane; the next one is turned away and told to come back


class Busy(AssistantError):
    """Too many calls are waiting: come back in a moment."""


class Lane(StrEnum):
    QUESTIONS = "questions"
    DRAFTS = "drafts"  # texts of many claims: what takes as long as many questions
    MODEL = "model"
    INDEXING = "indexing"


class Service:
    """The assistant for servers. ``submit`` returns at once; ``close`` waits for what is running."""

    def __init__(self, home: Path | None, *, chat_models: Sequence[str] = (), chroma_url: str | None = None) -> None:
        self.home = home
        self.chroma_url = chroma_url  # the server that holds the vectors; None: what the configuration says
        self.chat_models = tuple(chat_models)  # "provider:name": those that callers may choose, the first by default
        self._local = threading.local()
        self._opened: list[Assistant] = []
        self._lanes = {lane: ThreadPoolExecutor(1, thread_name_prefix=lane) for lane in Lane}
        self._waiting = dict.fromkeys(Lane, 0)
        self._lock = threading.Lock()

    def submit(self, lane: Lane, call: Callable[[Assistant], Result]) -> Future[Result]:
        """Run ``call`` with the lane's assistant, after those before it. A future that is cancelled in time never runs.

        Raises Busy when LONGEST_QUEUE calls are waiting.
        """
        with self._lock:
            if self._waiting[lane] >= LONGEST_QUEUE:
                raise Busy(f"{LONGEST_QUEUE} {lane} calls are waiting", "try again in a few seconds")
            self._waiting[lane] += 1
        future = self._lanes[lane].submit(self._run, lane, call)
        future.add_done_callback(lambda _: self._leave(lane))
        return future

    def _leave(self, lane: Lane) -> None:
        with self._lock:
            self._waiting[lane] -= 1

    def _run(self, lane: Lane, call: Callable[[Assistant], Result]) -> Result:
        assistant: Assistant | None = getattr(self._local, "assistant", None)
        if lane is Lane.INDEXING:  # the writer's lock is held only while something is written
            with Assistant.open(self.home, readonly=False, chroma_url=self.chroma_url) as writer:
                return call(writer)
        if assistant is None:
            assistant = self._local.assistant = Assistant.open(self.home, chroma_url=self.chroma_url)
            with self._lock:
                self._opened.append(assistant)
        with assistant.reading():  # what is indexed meanwhile changes nothing under the call
            return call(assistant)

    def close(self) -> None:
        """Take no more calls, let those that run end, cancel those that wait."""
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        for assistant in self._opened:
            assistant.close()

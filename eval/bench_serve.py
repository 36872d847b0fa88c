"""How fast ``claimdesk serve`` answers over 2,454 news articles: ``python -m eval.bench_serve [--home HOME]``.

A real server in a process of its own, asked over HTTP. Prints one JSON object, then the same as a Markdown table.
The questions and articles are those of $CLAIMDESK_DATA/questions; the machine must be quiet. Each step can be run
by itself (``--only memory``), and ``--figures FILE`` keeps what is measured beside what an earlier run measured:
``docs/write_figures.py serve FILE`` puts it into docs/operations.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from eval.serve_figures import markdown

CLAIMDESK = str(Path(sys.executable).with_name("claimdesk"))
CLIENTS, ASKED_BY_EACH = 20, 5
WARM_UP = 10
LONGEST_READING = 3_600  # seconds
STEPS = ("latency", "clients", "index", "memory")
SEED = 7
STORY = (
    "Lighthouse keeper finds a message in a bottle\n\nThe keeper of the Quillon Reef lighthouse, Oona Tarrow, found a "
    "bottle with a message on Thursday. It had been thrown into the sea 61 years ago, she said.\n"
)
STORY_QUESTION, STORY_WORDS = "How many years ago was Oona Tarrow's bottle thrown into the sea?", "61 years ago"


class Caller:
    """One client with one connection. Waits and tries again when told that it asks too often."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=600)

    def call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """The answer's JSON. Raises RuntimeError for any refusal but "too many"."""
        for _ in range(100):
            sent = None if body is None else json.dumps(body)
            try:
                self._connection.request(method, path, sent, {"Content-Type": "application/json"})
                response = self._connection.getresponse()
            except (BrokenPipeError, ConnectionResetError):  # the server closes what was idle; RemoteDisconnected too
                self._connection.close()
                continue
            told = json.loads(response.read())
            if response.status == 429:
                time.sleep(1.0)
                continue
            if response.status != 200:
                raise RuntimeError(f"{method} {path}: {response.status} {told}")
            return dict(told)
        raise RuntimeError(f"{method} {path}: turned away a hundred times")

    def ask(self, question: str) -> dict[str, Any]:
        return self.call("POST", "/api/v1/ask", {"question": question})


def main() -> None:
    options = parsed()
    data = Path(os.environ.get("CLAIMDESK_DATA", "")) / "questions"
    if not (data / "news_corpus.jsonl.gz").is_file():
        sys.exit("set CLAIMDESK_DATA to the folder that holds questions/news_corpus.jsonl.gz")
    questions = [row["question"] for row in rows(data / "news_questions.jsonl.gz")]
    random.Random(SEED).shuffle(questions)
    found: dict[str, Any] = {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 2)}
    with tempfile.TemporaryDirectory(prefix="claimdesk-bench-") as folder:
        home = options.home or Path(folder) / "home"
        if not (home / "store.db").exists():
            found["index_s"] = timed(lambda: run(home, "index", str(data / "news_corpus.jsonl.gz")))
        with serving(home) as (port, process):
            if not options.cold:
                found["read_ahead_s"] = timed(lambda: wait_until_read(port))
            found |= measured(port, process, questions, options, home, Path(folder))
    if options.figures is not None:
        earlier = json.loads(options.figures.read_text("utf-8")) if options.figures.exists() else {}
        found = earlier | found
        options.figures.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(found, indent=2) + "\n\n" + markdown(found))


def measured(
    port: int, process: int, questions: Sequence[str], options: argparse.Namespace, home: Path, folder: Path
) -> dict[str, Any]:
    """The steps that were asked for, in the order of STEPS."""
    caller = Caller(port)
    articles = caller.call("GET", "/api/v1/sources")["articles"]
    for question in questions[:WARM_UP]:
        caller.ask(question)
    found: dict[str, Any] = {"articles": len(articles)}
    if "latency" in options.only:
        asked = questions[WARM_UP : WARM_UP + options.questions]
        found["ask"] = spread(process, [lambda q=q: caller.ask(q) for q in asked])  # type: ignore[misc]
        claims = claims_of(caller, articles, options.claims + 1)
        caller.call("POST", "/api/v1/verify", {"text": claims[0]})
        verify = [lambda c=c: caller.call("POST", "/api/v1/verify", {"text": c}) for c in claims[1:]]
        found["verify"] = spread(process, verify)
    if "clients" in options.only:
        found["clients"] = crowd(port, questions)
    if "index" in options.only:
        found["index_while_serving"] = indexed_while_serving(caller, home, folder)
    if "memory" in options.only:
        found["memory"] = memory(caller, process, questions, options.requests)
    return found


def spread(process: int, calls: Sequence[Callable[[], object]]) -> dict[str, float]:
    """Seconds of one call after the other on the wall; processor seconds of the server for each."""
    spent = processor_seconds(process)
    wall = [seconds_of(call) for call in calls]
    return {
        "n": len(calls),
        "p50_s": percentile(wall, 0.5),
        "p95_s": percentile(wall, 0.95),
        "processor_s": round((processor_seconds(process) - spent) / len(calls), 3),
    }


def crowd(port: int, questions: Sequence[str]) -> dict[str, float]:
    """Twenty clients at once, each asking one question after the other; /healthz all the while."""
    done = threading.Event()
    health: list[float] = []

    def watch() -> None:
        caller = Caller(port)
        while not done.wait(0.1):
            health.append(seconds_of(lambda: caller.call("GET", "/healthz")))

    def one(number: int) -> list[float]:
        caller = Caller(port)
        own = questions[number * ASKED_BY_EACH : (number + 1) * ASKED_BY_EACH]
        return [seconds_of(lambda question=question: caller.ask(question)) for question in own]  # type: ignore[misc]

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(CLIENTS) as pool:
        each = list(pool.map(one, range(CLIENTS)))
    done.set()
    watcher.join()
    means = [statistics.mean(client) for client in each]
    return {
        "clients": CLIENTS,
        "n": sum(len(client) for client in each),
        "p95_s": percentile([second for client in each for second in client], 0.95),
        "slowest_to_fastest": round(max(means) / min(means), 2),
        "healthz_slowest_s": round(max(health, default=0.0), 3),
    }


def indexed_while_serving(caller: Caller, home: Path, folder: Path) -> dict[str, float]:
    """A new article, indexed by the command line beside the server: seconds until an answer quotes it."""
    story = folder / "bench-story.txt"
    story.write_text(STORY, encoding="utf-8")
    command = timed(lambda: run(home, "index", str(story)))
    began = time.perf_counter()
    while not any(STORY_WORDS in part["quote"] for part in caller.ask(STORY_QUESTION)["citations"]):
        if time.perf_counter() - began > 60:
            raise RuntimeError("the new article is not found after a minute")
    answered = round(time.perf_counter() - began, 2)
    run(home, "remove", str(story))
    return {"command_s": command, "answerable_after_s": answered}


def memory(caller: Caller, process: int, questions: Sequence[str], requests: int) -> dict[str, Any]:
    """Megabytes of the server after a tenth, and after all, of so many requests."""
    sizes = {0: megabytes(process)}
    for number in range(1, requests + 1):
        caller.ask(questions[number % len(questions)])
        if number % (requests // 10) == 0:
            sizes[number] = megabytes(process)
    first, last = sizes[requests // 10], sizes[requests]
    return {"requests": requests, "megabytes": sizes, "growth": round(last / first - 1, 3)}


@contextmanager
def serving(home: Path) -> Iterator[tuple[int, int]]:
    """Port and process id of a server that is up."""
    command = [CLAIMDESK, "--home", str(home), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as server:
        assert server.stderr is not None
        line = next((line for line in server.stderr if "http://" in line), None)
        if line is None:
            raise RuntimeError("the server did not start")
        threading.Thread(target=server.stderr.read, daemon=True).start()
        port = int(line.split("http://")[1].split("/")[0].rsplit(":", 1)[1])
        try:
            yield port, server.pid
        finally:
            server.terminate()


def wait_until_read(port: int) -> None:
    """Raises RuntimeError when the server has not read everything after an hour."""
    caller, began = Caller(port), time.perf_counter()
    while not caller.call("GET", "/healthz")["read_ahead"]:
        if time.perf_counter() - began > LONGEST_READING:
            raise RuntimeError("the server does not come to the end of reading ahead: --cold does not wait for it")
        time.sleep(1.0)


def claims_of(caller: Caller, articles: Sequence[dict[str, Any]], count: int) -> list[str]:
    """Sentences of the articles themselves, one an article, drawn by SEED."""
    picked = random.Random(SEED).sample(list(articles), min(len(articles), 4 * count))
    claims: list[str] = []
    for article in picked:
        if len(claims) == count:
            break
        text = caller.call("GET", f"/api/v1/sources/{article['article_id']}")["text"]
        likely = [part.strip() + "." for part in text.replace("\n", " ").split(". ") if 60 < len(part) < 200]
        claims += random.Random(SEED).sample(likely, 1) if likely else []
    return claims


def run(home: Path, *words: str) -> None:
    subprocess.run([CLAIMDESK, "--home", str(home), "--quiet", *words], check=True, capture_output=True)


def seconds_of(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def timed(action: Callable[[], object]) -> float:
    return round(seconds_of(action), 2)


def rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def percentile(values: Sequence[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))], 3)


def processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(process: int) -> int:
    (line,) = [line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) // 1024


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--home",
        type=Path,
        help="a home that holds the articles, or will: where there are none, they are indexed first",
    )
    parser.add_argument("--cold", action="store_true", help="do not wait until the server has read ahead")
    parser.add_argument(
        "--only", nargs="+", choices=STEPS, default=STEPS[:-1], help="steps to take: all but memory, unless given"
    )
    parser.add_argument("--figures", type=Path, help="a JSON file to keep the figures in, beside those it has")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--claims", type=int, default=40)
    parser.add_argument("--requests", type=int, default=2_000, help="for the memory")
    return parser.parse_args()


if __name__ == "__main__":
    main()

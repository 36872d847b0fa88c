"""How long commands take as whole processes, on the two bundled articles: ``python -m eval.bench_start``.

Beside them the yardstick: importing the libraries that any such program needs. Medians of the time on the wall, for
which the machine must be quiet, and of processor time, for which it need not.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARTICLES = Path(__file__).parent / "data" / "articles"
RUNS = 5
YARDSTICK = "import chromadb, onnxruntime, spacy, typer, rich"
COMMANDS = {
    "--help": ["--help"],
    "sources": ["sources"],
    "show": ["show", "000"],
    "history": ["history", "000"],
    "index (nothing new)": ["index", str(ARTICLES)],
    "doctor": ["doctor"],
    "ask": ["ask", "Who called on the other side to act, and when?"],
    "verify": ["verify", "The two sides will meet again this month."],
    "compare": ["compare", "the talks"],
    "quotes": ["quotes", "He said “has a very ambitious agenda”."],
}


def main() -> None:
    """Print one JSON object: seconds of the yardstick and of every command."""
    claimdesk = str(Path(sys.executable).with_name("claimdesk"))
    with tempfile.TemporaryDirectory(prefix="claimdesk-bench-") as home:
        environment = {**os.environ, "CLAIMDESK_HOME": home}
        began = time.perf_counter()
        subprocess.run([claimdesk, "index", str(ARTICLES)], env=environment, check=True, capture_output=True)
        first = time.perf_counter() - began
        measured = {"yardstick": medians([sys.executable, "-c", YARDSTICK], environment)}
        measured |= {name: medians([claimdesk, *words], environment) for name, words in COMMANDS.items()}
    found = {"cores": os.cpu_count(), "runs": RUNS, "seconds": measured, "first_index": round(first, 2)}
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


def medians(command: list[str], environment: dict[str, str]) -> dict[str, float]:
    """Median seconds of RUNS whole processes, after one that warms the file cache. Parses are not kept between runs."""
    wall, processor = [], []
    for run in range(RUNS + 1):
        for path in Path(environment["CLAIMDESK_HOME"]).glob("frames.db*"):
            path.unlink()  # every run parses its sentences anew: the coldest start there is
        began, spent = time.perf_counter(), _children()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        if run:
            wall.append(time.perf_counter() - began)
            processor.append(_children() - spent)
    return {"wall": round(statistics.median(wall), 2), "processor": round(statistics.median(processor), 2)}


def _children() -> float:
    """Processor seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()

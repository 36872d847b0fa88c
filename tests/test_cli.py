"""The command line: its contract, its exit codes, its one-line errors, and what it does not import."""

from __future__ import annotations

import json
import os
import runpy
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import build

ROOT = Path(__file__).parents[1]
COMMANDS = "\x1b[31mred\x1b[0m \x1b]52;c;aGk=\x07 back to \u202estart\u202c"


def claimdesk(home: Path, *words: str, text: str | None = None, columns: int = 100) -> Result:
    runner = CliRunner(env={"CLAIMDESK_HOME": str(home), "NO_COLOR": "1", "COLUMNS": str(columns)})
    return runner.invoke(build(), list(words), input=text)


def quick_home(folder: Path) -> Path:
    """A new home in ``folder`` that embeds without a model."""
    (folder / "desk").mkdir()
    (folder / "desk" / "config.toml").write_text('embedder = "hashing"')
    return folder / "desk"


def read(result: Result) -> dict[str, Any]:
    """The one object on stdout, which must be all that stands there."""
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one article about a harbour, its headline full of terminal commands."""
    home = tmp_path_factory.mktemp("harbour")
    article = home / "harbour.txt"
    article.write_text(
        f"Harbour {COMMANDS}\n\nThe harbour closed on Tuesday. “We had no choice,” said Ann Bell, the harbour master.\n"
    )
    desk = quick_home(home)
    assert claimdesk(desk, "index", str(article)).exit_code == 0
    return desk


CONTRACT = {
    "sources": ({"articles"}, "articles", {"article_id", "source", "headline", "byline", "publisher", "published"}),
    "ask": (
        {"question", "status", "answer", "statements", "citations", "sources", "flags", "reading", "not_consulted"},
        "citations",
        {"n", "article_id", "source", "section", "start", "end", "quote", "headline", "publisher", "published", "url"},
    ),
    "verify": ({"claims", "unchecked", "errors"}, "claims", {"text", "verdict", "confidence", "sources", "flags"}),
    "quotes": ({"quotations"}, "quotations", {"text", "start", "end", "status", "matches", "flags"}),
    "compare": ({"topic", "rows", "differences", "agreements"}, "rows", {"article_id", "source", "quote", "wording"}),
}


@pytest.mark.parametrize(
    "words",
    [
        ("sources",),
        ("ask", "When did the harbour close?"),
        ("verify", "The harbour closed on Tuesday."),
        ("quotes", "Ann Bell said “We had no choice”."),
        ("compare", "the harbour"),
    ],
    ids=lambda words: words[0],
)
def test_json_is_one_object_with_the_promised_fields(harbour: Path, words: tuple[str, ...]) -> None:
    result = claimdesk(harbour, *words, "--json")
    assert result.exit_code == 0, result.stderr
    found = read(result)
    fields, listed, inner = CONTRACT[words[0]]
    assert fields <= set(found)
    assert all(inner <= set(row) for row in found[listed])
    assert found[listed]


def test_ask_names_its_models(harbour: Path) -> None:
    models = read(claimdesk(harbour, "ask", "When did the harbour close?", "--json"))["model"]
    assert {"embedder", "verifier", "chat"} <= set(models)
    assert models["chat"] is None


def test_in_a_pipe_the_list_of_articles_is_not_cut(tmp_path: Path) -> None:
    name, publisher = f"{'harbour-' * 15}1.txt", "The Evening Post of the Harbour and All Its Piers"
    (tmp_path / name).write_text("Piers closed\n\nAll piers were closed on Monday.\n")
    desk = quick_home(tmp_path)
    assert claimdesk(desk, "index", str(tmp_path / name), "--publisher", publisher).exit_code == 0
    runner = CliRunner(env={"CLAIMDESK_HOME": str(desk), "COLUMNS": None})
    [line] = [line for line in runner.invoke(build(), ["sources"]).stdout.splitlines() if "harbour" in line]
    assert name in line
    assert publisher in line


def test_show_gives_the_text_that_offsets_count_in(harbour: Path) -> None:
    shown = read(claimdesk(harbour, "show", "harbour", "--json"))
    assert shown["text"].startswith("Harbour \x1b[31m")
    assert [part["section"] for part in shown["sections"]] == ["headline", "body"]
    body = shown["sections"][1]
    assert shown["text"][body["start"] :].startswith("The harbour closed")


@pytest.mark.parametrize(
    "words",
    [
        ("sources",),
        ("show", "harbour"),
        ("ask", "What is the headline?"),
        ("ask", "When did the harbour close?", "--explain"),
        ("verify", "The harbour closed on Tuesday."),
        ("quotes", "He said “Harbour red back to start”."),
        ("show", "harbour", "--json"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("columns", [40, 120])
def test_s3_nothing_in_an_article_commands_the_terminal(harbour: Path, words: tuple[str, ...], columns: int) -> None:
    result = claimdesk(harbour, *words, columns=columns)
    assert result.exit_code == 0, result.stderr
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(result.stdout)


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        pytest.param(("show", "nowhere"), 1, "UnknownSource", id="an unknown article"),
        pytest.param(("ask", "Who?", "--source", "nowhere"), 1, "UnknownSource", id="an unknown source"),
        pytest.param(("ask", "  "), 1, "BadInput", id="an empty question"),
        pytest.param(("verify", "missing.txt"), 1, "BadInput", id="a missing file"),
        pytest.param(("ask", "Who?", "--history", "missing.json"), 1, "BadInput", id="a missing conversation"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_to_do(
    harbour: Path, words: tuple[str, ...], code: int, kind: str
) -> None:
    told = claimdesk(harbour, *words)
    assert (told.exit_code, told.stdout) == (code, "")
    assert told.stderr.count("\n") == 1
    assert "Next: " in told.stderr
    error = read(claimdesk(harbour, *words, "--json"))["error"]
    assert error["kind"] == kind
    assert error["message"]
    assert error["next"]


def test_an_empty_collection_is_1(tmp_path: Path) -> None:
    result = claimdesk(tmp_path, "ask", "Who?", "--json")
    assert result.exit_code == 1
    assert read(result)["error"]["kind"] == "EmptyCollection"


@pytest.mark.parametrize(
    "words", [("guess",), ("ask",), ("ask", "Who?", "--since", "yesterday"), ("sources", "--loud")]
)
def test_a_command_that_is_not_understood_is_2(harbour: Path, words: tuple[str, ...]) -> None:
    assert claimdesk(harbour, *words).exit_code == 2


def test_strict_quotes_fail_with_3(harbour: Path) -> None:
    assert claimdesk(harbour, "quotes", "Ann Bell said “We had no choice”.", "--strict").exit_code == 0
    assert claimdesk(harbour, "quotes", "Ann Bell said “We had one choice”.", "--strict").exit_code == 3
    assert claimdesk(harbour, "quotes", "Ann Bell said “We had one choice”.").exit_code == 0


def test_a_draft_may_come_from_stdin(harbour: Path) -> None:
    result = claimdesk(harbour, "quotes", "-", "--json", text="Bell: “We had no choice”\n")
    assert [part["status"] for part in read(result)["quotations"]] == ["exact"]


def test_index_counts_and_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A storm passed over the island on Sunday, and nobody was hurt.\n")
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\x00\x01\x02")
    desk = quick_home(tmp_path)
    first = claimdesk(desk, "index", str(tmp_path / "*.txt"), "--json")
    report = read(first)
    assert first.exit_code == 0
    assert (report["added"], len(report["failed"])) == (1, 1)
    assert report["failed"][0]["source"].endswith("bad.txt")
    again = read(claimdesk(desk, "index", str(tmp_path / "good.txt"), "--json"))
    assert (again["added"], again["unchanged"]) == (0, 1)
    alone = claimdesk(desk, "index", str(tmp_path / "bad.txt"), "--json")
    assert alone.exit_code == 1


def test_edit_and_remove(tmp_path: Path) -> None:
    (tmp_path / "storm.txt").write_text("A storm passed over the island on Sunday.\n")
    desk = quick_home(tmp_path)
    claimdesk(desk, "index", str(tmp_path / "storm.txt"))
    edited = claimdesk(
        tmp_path / "desk", "edit", "storm", "--publisher", "Gazette", "--published", "2031-05-04", "--json"
    )
    assert (read(edited)["publisher"], read(edited)["published"]) == ("Gazette", "2031-05-04")
    assert claimdesk(desk, "remove", "Gazette", "--json").exit_code == 0
    assert read(claimdesk(desk, "sources", "--json"))["articles"] == []


def test_home_and_quiet_stand_before_or_after_the_command(harbour: Path, tmp_path: Path) -> None:
    before = claimdesk(tmp_path, "--home", str(harbour), "sources", "--json")
    after = claimdesk(tmp_path, "sources", "--home", str(harbour), "--json")
    assert read(before) == read(after)


def test_the_written_reference_is_what_the_commands_say() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "write_cli.py"))["page"]
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == page(), "run `make docs`"


HEAVY = {
    "numpy",
    "pydantic",
    "spacy",
    "torch",
    "chromadb",
    "langchain",
    "onnxruntime",
    "sentence_transformers",
    "index",
}


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, typer; from assistant.cli import build; typer.main.get_command(build()); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not HEAVY & set(loaded.split())


ONE_SHOT = {"torch", "sentence_transformers", "transformers", "langchain", "langchain_core", "trafilatura", "chromadb"}


@pytest.mark.parametrize("verb", ["ask('Who closed it?')", "verify('It closed.')", "compare('the harbour')"])
def test_questions_import_no_torch(seed_home: Path, verb: str) -> None:
    code = (
        "import sys; from pathlib import Path; from assistant import Assistant\n"
        f"with Assistant.open(Path({str(seed_home)!r})) as assistant: assistant.{verb}\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not ONE_SHOT & set(loaded.split())


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_r15_a_stopped_command_says_so(tmp_path: Path, number: signal.Signals, code: int) -> None:
    environment = {**os.environ, "CLAIMDESK_HOME": str(tmp_path)}
    command = [sys.executable, "-u", "-c", "from assistant.cli import main; print('up'); main()", "verify", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        _wait_until_reading(process.pid)
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == code
    assert b"Traceback" not in errors


def _wait_until_reading(pid: int) -> None:
    """Return once the process waits for its stdin: its main thread sleeps in a read of descriptor 0."""
    while True:
        call = Path(f"/proc/{pid}/syscall").read_text()
        if call.startswith("0 0x0 "):
            return

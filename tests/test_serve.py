"""The server answers like the command line, and lets nobody in who should not be."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.errors import BadInput
from assistant.serve.chores import do_chore, is_chore
from assistant.serve.protect import LARGEST_BODY, Protection
from assistant.serve.run import LOCAL_NAMES, protection_for
from tests.serving import serving

KEY = "a-key-of-more-than-sixteen-characters"
FLOOD = "River tops its banks\n\nAt least 40 homes were flooded in Millbrook on Monday, the council said.\n"


@contextmanager
def calling(home: Path, protection: Protection) -> Iterator[httpx.Client]:
    with serving(home, protection) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def client(seed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(seed_home, home)
    with calling(home, Protection(hosts=LOCAL_NAMES)) as client:
        yield client


def post(client: httpx.Client, path: str, **body: Any) -> httpx.Response:
    return client.post(path, json=body)


def test_ask_verify_compare_and_quotes_speak_the_contract(client: httpx.Client) -> None:
    asked = post(client, "/api/v1/ask", question="Which points do both articles agree on?").json()
    assert {"question", "status", "answer", "statements", "citations", "sources", "flags", "model"} <= asked.keys()
    verified = post(client, "/api/v1/verify", text="Talks continue in Washington.").json()
    assert [row["stance"] for row in verified["claims"][0]["sources"]]
    assert {"topic", "rows", "differences", "agreements"} <= post(
        client, "/api/v1/compare", topic="talks"
    ).json().keys()
    quoted = post(client, "/api/v1/quotes", draft="“Remove all sanctions”").json()
    assert quoted["quotations"][0]["status"] == "exact"


def test_citations_are_slices_of_the_article_that_is_shown(client: httpx.Client) -> None:
    asked = post(client, "/api/v1/ask", question="Which points do both articles agree on?").json()
    assert asked["citations"]
    for cited in asked["citations"]:
        shown = client.get(f"/api/v1/sources/{cited['article_id']}").json()
        assert shown["text"][cited["start"] : cited["end"]] == cited["quote"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        pytest.param("/api/v1/ask", {"question": ""}, 422, id="empty question"),
        pytest.param("/api/v1/ask", {"question": "x" * 100_000}, 422, id="huge question"),
        pytest.param("/api/v1/ask", {"question": "who?", "colour": 1}, 422, id="unknown field"),
        pytest.param("/api/v1/ask", {"question": "who?", "sources": ["nobody"]}, 404, id="unknown source"),
        pytest.param("/api/v1/verify", {}, 422, id="missing field"),
        pytest.param("/api/v1/index", {"files": [{"name": "a", "content_base64": "%"}]}, 400, id="not Base64"),
        pytest.param("/api/v1/index", {"files": [{"name": "..", "content_base64": ""}]}, 400, id="no file name"),
        pytest.param("/v1/chat/completions", {"messages": []}, 422, id="no messages"),
    ],
)
def test_bad_requests_are_refused_with_a_reason(
    client: httpx.Client, path: str, body: dict[str, Any], status: int
) -> None:
    response = client.post(path, json=body)
    assert response.status_code == status
    assert "error" in response.json() or "detail" in response.json()


def test_an_uploaded_article_is_answerable_and_stays_in_its_folder(client: httpx.Client) -> None:
    content = base64.b64encode(FLOOD.encode()).decode()
    report = post(client, "/api/v1/index", files=[{"name": "../../etc/flood.txt", "content_base64": content}]).json()
    assert (report["added"], report["failed"]) == (1, [])
    sources = client.get("/api/v1/sources").json()["articles"]
    (uploaded,) = [row["source"] for row in sources if row["source"].endswith("flood.txt")]
    assert Path(uploaded).parent.name == "uploads"
    asked = post(client, "/api/v1/ask", question="How many homes were flooded in Millbrook?").json()
    assert asked["status"] == "answered"
    assert any("40 homes" in cited["quote"] for cited in asked["citations"])


def test_an_article_indexed_from_the_terminal_is_answerable_in_the_running_server(
    seed_home: Path, tmp_path: Path
) -> None:
    shutil.copytree(seed_home, tmp_path / "home")
    (tmp_path / "ferry.txt").write_text("Ferry late\n\nThe Oxmoor ferry was 50 minutes late on Friday.\n")
    question = "How late was the Oxmoor ferry?"
    with calling(tmp_path / "home", Protection(hosts=LOCAL_NAMES)) as client:
        assert post(client, "/api/v1/ask", question=question).json()["status"] == "refused"
        command = [str(Path(sys.executable).with_name("claimdesk")), "--home", str(tmp_path / "home")]
        subprocess.run([*command, "index", str(tmp_path / "ferry.txt")], check=True, capture_output=True)
        answers = (post(client, "/api/v1/ask", question=question).json() for _ in range(10))
        found = next(answer for answer in answers if answer["status"] != "refused")
    assert any("50 minutes late" in cited["quote"] for cited in found["citations"])


def test_a_conversation_is_kept_renamed_exported_and_deleted(client: httpx.Client) -> None:
    talk = client.post("/api/v1/conversations").json()["conversation_id"]
    path = f"/api/v1/conversations/{talk}"
    events = client.post(f"{path}/messages", json={"content": "Which points do both articles agree on?"}).text
    assert [line for line in events.splitlines() if line.startswith("event: ")][-1] == "event: reply"
    kept = client.get(path).json()
    assert [turn["role"] for turn in kept["turns"]] == ["user", "assistant"]
    assert kept["title"] == "Which points do both articles agree on?"
    assert client.patch(path, json={"title": "Agreement"}).json()["title"] == "Agreement"
    assert client.get(f"{path}/export").json()["markdown"].startswith("# Agreement")
    client.delete(path)
    assert client.get(path).status_code == 400


def test_a7_the_openai_door_answers_whole_and_in_pieces_alike(client: httpx.Client) -> None:
    messages = [{"role": "user", "content": "Which points do both articles agree on?"}]
    whole = post(client, "/v1/chat/completions", model="claimdesk", messages=messages).json()
    stream = post(client, "/v1/chat/completions", model="claimdesk", messages=messages, stream=True).text
    lines = [line.removeprefix("data: ") for line in stream.splitlines() if line]
    assert lines[-1] == "[DONE]"
    deltas = [json.loads(line)["choices"][0]["delta"] for line in lines[:-1]]
    message = whole["choices"][0]["message"]
    assert "".join(delta.get("content", "") for delta in deltas) == message["content"]
    assert [delta["annotations"] for delta in deltas if "annotations" in delta] == [message["annotations"]]
    for note in message["annotations"]:
        place = note["url_citation"]
        assert message["content"][place["start_index"] : place["end_index"]].startswith("[")


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(
            {
                "stream_options": {"include_usage": True},
                "params": {},
                "tool_servers": [],
                "features": {"image_generation": False, "code_interpreter": False, "web_search": False},
                "variables": {"{{USER_NAME}}": "desk"},
                "chat_id": "1f",
                "session_id": "2f",
                "id": "3f",
                "background_tasks": {"title_generation": True, "tags_generation": True},
            },
            id="as Open WebUI asks",
        ),
        pytest.param(
            {"user": "65f", "temperature": 1, "top_p": 1, "presence_penalty": 0, "frequency_penalty": 0, "n": 1},
            id="as LibreChat asks",
        ),
        pytest.param({"tools": [], "tool_choice": "auto", "seed": 1, "response_format": {"type": "text"}}, id="tools"),
    ],
)
def test_a7_what_chat_clients_send_besides_is_taken(client: httpx.Client, more: dict[str, Any]) -> None:
    parts = [
        {"type": "text", "text": "Which points do both articles agree on?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
    ]
    talk = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": parts}]
    told = post(client, "/v1/chat/completions", model="claimdesk", stream=True, messages=talk, **more)
    assert told.headers["content-type"].startswith("text/event-stream")
    *lines, last = [line.removeprefix("data: ") for line in told.text.splitlines() if line]
    chunks = [json.loads(line) for line in lines]
    assert last == "[DONE]"
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert len({chunk["id"] for chunk in chunks}) == 1
    assert [part["finish_reason"] for chunk in chunks for part in chunk["choices"]][-1] == "stop"
    assert any("annotations" in part["delta"] for chunk in chunks for part in chunk["choices"])


TITLED = '{"title": "Who pays for the plan?"}'
HISTORY = "USER: Who pays for the plan?\nASSISTANT: The city.\n"
IN_JSON = '### Task:\nGenerate a title.\n### Output:\nJSON format: { "title": "…" }\n'
IN_WORDS = "Provide a concise, 5-word-or-less title for the conversation. Only return the title itself.\n\n"


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [
        pytest.param(IN_JSON + HISTORY, TITLED, id="in JSON"),
        pytest.param(f"{IN_JSON}<chat_history>\n{HISTORY}</chat_history>", TITLED, id="between tags"),
        pytest.param(
            IN_JSON + "<chat_history>USER: Who pays for the plan?</chat_history>", TITLED, id="tags on the line"
        ),
        pytest.param(
            IN_WORDS + "User: Who pays for the plan?\nAI: The city.", "Who pays for the plan?", id="in plain words"
        ),
        pytest.param(IN_JSON, '{"title": "Claims and sources"}', id="without a conversation"),
        pytest.param('### Task:\nComplete the text.\n{ "text": "…" }\n', '{"text": ""}', id="completing what is typed"),
    ],
)
def test_a_title_request_is_answered_without_a_search(client: httpx.Client, prompt: str, answer: str) -> None:
    told = post(client, "/v1/chat/completions", messages=[{"role": "user", "content": prompt}]).json()
    assert told["choices"][0]["message"]["content"] == answer


@pytest.mark.parametrize(
    "prompt",
    [
        pytest.param("Write a title for an article about the conversation between Sinclair and the mayor", id="a wish"),
        pytest.param("# Task: check these claims\nThe mayor resigned in May.", id="a draft with such a heading"),
        pytest.param("### Task:\nRespond to the user query using the provided context.\nWho pays?", id="its template"),
        pytest.param("Analyze this conversation:\nUser: Who won the title?\nAI: Usyk.", id="a pasted chat"),
    ],
)
def test_what_a_user_asks_is_no_clients_request(prompt: str) -> None:
    assert not is_chore(prompt)


def test_only_the_instructions_say_what_a_client_wants() -> None:
    assert do_chore(f'{IN_WORDS}User: What does "tags" mean?\nAI: Labels.') == 'What does "tags" mean?'
    assert do_chore(f"{IN_WORDS}User: What does the open AI: Lab say?\nAI: No.") == "What does the open AI: Lab"


@pytest.mark.parametrize(
    "prompt", ["analyze this " + "a " * 500_000, "### Task:" + "\n" * 10**6, "user: " + " " * 10**6]
)
def test_a4_a_huge_request_is_told_apart_by_its_head(prompt: str) -> None:
    assert not is_chore(prompt)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Host": "evil.example"}, 421, id="a3 host of a rebinding attack"),
        pytest.param({"Origin": "https://evil.example"}, 403, id="a3 another site"),
    ],
)
def test_a3_strangers_are_refused(client: httpx.Client, headers: dict[str, str], status: int) -> None:
    request = client.build_request("GET", "/api/v1/sources", headers=headers)
    assert client.send(request).status_code == status


def test_a4_a_body_over_the_limit_is_refused(client: httpx.Client) -> None:
    assert client.post("/api/v1/quotes", content=b" " * (LARGEST_BODY + 1)).status_code == 413


def test_a1_a_key_is_asked_of_everyone_but_the_page(seed_home: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_home, tmp_path / "home")
    with calling(tmp_path / "home", Protection(hosts=LOCAL_NAMES, token=KEY)) as client:
        assert client.get("/api/v1/sources").status_code == 401
        assert client.get("/api/v1/sources", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/api/v1/sources", headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
        assert client.get("/").status_code == 200
        assert client.get("/healthz").status_code == 200


def test_a1_outside_this_machine_nothing_starts_without_a_good_key() -> None:
    with pytest.raises(BadInput, match="no key"):
        protection_for("0.0.0.0", frozenset(), None)
    with pytest.raises(BadInput, match="fewer than 16"):
        protection_for("0.0.0.0", frozenset(), "short")
    assert protection_for("127.0.0.1", frozenset(), None).token is None


def test_a5_too_many_requests_are_told_to_wait(seed_home: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_home, tmp_path / "home")
    with calling(tmp_path / "home", Protection(hosts=LOCAL_NAMES, per_minute=3)) as client:
        answers = [client.get("/api/v1/models") for _ in range(6)]
        assert [answer.status_code for answer in answers][:3] == [200, 200, 200]
        assert answers[-1].status_code == 429
        assert answers[-1].headers["Retry-After"]
        assert client.get("/healthz").status_code == 200


def test_s4_the_page_loads_nothing_foreign_and_no_inline_script(client: httpx.Client) -> None:
    page = client.get("/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "trusted-types 'none'" in policy
    assert "http" not in page.text.replace("http-equiv", "").replace("https://claimdesk", "")
    assert "<script>" not in page.text

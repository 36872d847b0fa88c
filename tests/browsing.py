"""What the tests do on the page."""

from __future__ import annotations

from playwright.sync_api import Browser, Page


def ask(page: Page, words: str, mode: str = "ask") -> None:
    page.check(f'input[name="mode"][value="{mode}"]', force=True)
    page.fill("#words", words)
    shown = page.locator(".reply, .error").count()
    page.press("#words", "Enter")
    page.locator(".reply, .error").nth(shown).wait_for()
    page.locator("#stop").wait_for(state="hidden")


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(90_000)
    page.goto(address)
    page.wait_for_selector('body[data-ready="true"]')
    return page

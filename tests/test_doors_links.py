"""A link to a citation opens the publisher's own page at the words, in a real browser."""

from __future__ import annotations

import html
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from assistant.selectors import fragment_link

pytestmark = pytest.mark.door
pytest_plugins = ("tests.browser_fixtures",)
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

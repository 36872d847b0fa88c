"""What stands beside the product: published rules as published, tables that show losses, a plot that is one."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from eval.growth_plot import svg, tables
from eval.rivals.quotations import RULES, other_typography
from eval.rivals.tables import markdown
from eval.suites.retrieval import Question

ARTICLE = "The mayor would suspend the toll on 3 May. “It’s a burden on 300 families,” she said, “and a disgrace.”"
EXACT, LETTERS, SIMILAR, EDITS = (
    "exact substring",
    "letters and digits (Full Fact)",
    "similarity ≥ 0.95 (bmlibrarian)",
    "100 edits (LangChain)",
)


@pytest.mark.parametrize(
    ("quotation", "accepted"),
    [
        pytest.param("It’s a burden on 300 families", {EXACT, LETTERS, SIMILAR, EDITS}, id="as it stands"),
        pytest.param("It's a burden on 300 families", {LETTERS, SIMILAR, EDITS}, id="another apostrophe"),
        pytest.param("It’s a burden on 800 families", {SIMILAR, EDITS}, id="another number"),
        pytest.param("end the toll on 3 May", {EXACT, LETTERS, SIMILAR, EDITS}, id="the end of another word"),
        pytest.param("It’s a blessing for families", {EDITS}, id="other words"),
    ],
)
def test_what_each_published_rule_accepts(quotation: str, accepted: set[str]) -> None:
    found = {name for name in (EXACT, LETTERS, SIMILAR, EDITS) if RULES[name](quotation, ARTICLE)}
    assert found == accepted


def test_other_typography_changes_no_letter() -> None:
    assert [c for c in other_typography("It’s – so") if c.isalnum()] == list("Itsso")
    assert other_typography("It’s – so") != "It’s – so"


def test_the_table_puts_ours_first_and_shows_where_it_loses(tmp_path: Path) -> None:
    for way, order in {"bm25": ["right"], "claimdesk": ["wrong", "right"]}.items():
        told = {"pieces": 1, "index_seconds": 1, "disk_mb": 1, "milliseconds": 1}
        (tmp_path / f"search-{way}.json").write_text(json.dumps({"way": way, **told, "orders": {"q": order}}))
    rows = [line for line in markdown(tmp_path, [Question("q", "Who?", frozenset({"right"}))]).splitlines() if line]
    assert rows[2].startswith("| claimdesk | 0.000 |")
    assert rows[3].startswith("| bm25 | 1.000 |")
    assert "+0.000 (+0.000 to +0.000)" in rows[3]


def test_growth_is_drawn_and_told(tmp_path: Path) -> None:
    one = {"milliseconds": 4.0, "memory_mb": 90.0, "disk_mb": 6.0, "open_and_first_seconds": 0.1}
    sizes = {str(n): {**one, "passages": n, "percentiles_seconds": {"p95": 0.005}} for n in (1000, 9000)}
    (tmp_path / "query.json").write_text(json.dumps({"machine": {}, **sizes}))
    (tmp_path / "build.json").write_text(json.dumps({"1000": {"passages": 1000, "seconds": 2.0, "articles": 9}}))
    (tmp_path / "verify.json").write_text(json.dumps({"pairs_a_second": {"1": 50.0, "4": 20.0}}))
    parts = {"seconds": {"read": 1.0, "embed": 9.0}, "passages_a_second": {"read": 900, "embed": 100}, "passages": 900}
    (tmp_path / "index.json").write_text(json.dumps(parts))
    drawn = ElementTree.fromstring(svg(tmp_path))
    assert "milliseconds a question" in {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert "| 9,000 |  | 0.1 | 4.0 | 5 | 90.0 | 6.0 |" in tables(tmp_path)

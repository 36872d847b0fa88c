from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant import Assistant
from eval.runner import BUNDLED
from eval.suites.wording import METRICS, SECOND, run_wording


@contextmanager
def never(_articles: Path) -> Iterator[Assistant]:
    raise AssertionError("nothing is to be indexed")
    yield


@pytest.mark.parametrize("data", [None, Path("/nowhere")])
def test_without_the_articles_the_suite_is_unscored_and_says_why(data: Path | None) -> None:
    result = run_wording(data, BUNDLED, never)
    assert "CLAIMDESK_DATA" in result.unscored
    assert all(result.figures[metric].value is None for metric in METRICS)


def test_the_second_reader_has_ten_events_and_no_text_of_them() -> None:
    lines = (BUNDLED / SECOND).read_text(encoding="utf-8").splitlines()
    events = {line.split('"event_id": "')[1].split('"')[0] for line in lines}
    assert len(events) == 10
    assert all('"quote":' not in line and '"text":' not in line for line in lines)

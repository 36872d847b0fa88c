"""Schemathesis drives the API from its own description: no server error, no answer that the description forbids."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from tests.serving import serving

pytestmark = pytest.mark.door


@pytest.fixture(scope="module")
def api_schema(seed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    home = tmp_path_factory.mktemp("openapi") / "home"
    shutil.copytree(seed_home, home)
    with serving(home, Protection(hosts=LOCAL_NAMES, per_minute=1_000_000)) as address:
        yield schemathesis.openapi.from_url(f"{address}/openapi.json")


schema = schemathesis.pytest.from_fixture("api_schema")


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_api(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()

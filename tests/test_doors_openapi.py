"""Schemathesis drives the API from its own description: no server error, no answer that the description forbids."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.serve.protect import Protection
from assistant.serve.run import LOCAL_NAMES
from tests.serving import serving

pytestmark = [pytest.mark.door, pytest.mark.timeout(900)]
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


KEY = "a-key-of-more-than-sixteen-characters"


@pytest.mark.parametrize("key", [None, KEY], ids=["open", "with a key"])
def test_a6_api(seed_home: Path, tmp_path: Path, key: str | None) -> None:
    shutil.copytree(seed_home, tmp_path / "home")
    with serving(tmp_path / "home", Protection(hosts=LOCAL_NAMES, token=key, per_minute=1_000_000)) as address:
        program = Path(sys.executable).with_name("schemathesis")
        options = [
            "--checks",
            CHECKS,
            "--max-examples",
            "5" if key else "10",
            "--seed",
            "7",
            "--request-timeout",
            "120",
        ]
        options += ["--header", f"Authorization: Bearer {key}"] if key else []
        ran = subprocess.run(
            [program, "run", f"{address}/openapi.json", *options],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]

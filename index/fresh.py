"""Build a home's Chroma folder again in a process that has never read an article: run as python -m index.fresh.

Chroma writes unused memory of its process into its files. After a purge that memory must hold nothing of what was
purged, so the process that purged does not build the index itself. Reads one JSON object from stdin; its parent holds
the writer's lock.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from index.catalog_read import CatalogReader
from index.errors import IndexingError
from index.lock import child_lock
from index.vector_folder import VectorFolder


def main() -> int:
    request = json.load(sys.stdin)
    home = Path(request["home"])
    try:
        with child_lock(home, request["parent"]):
            catalog = CatalogReader(home / request["store"], readonly=True)
            folder = VectorFolder(home, request["collection"])
            folder.close(folder.rebuild(catalog), catalog)
            catalog.close()
    except IndexingError as error:
        sys.stderr.write(error.message)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

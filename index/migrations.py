"""How a store of an earlier release becomes one of this release: one script a step, all in one transaction."""

from __future__ import annotations

READABLE = 1  # the oldest schema that a reader understands as it is; writers bring it up to date

# By the schema version before the step: the SQL that brings it to the next one.
MIGRATIONS: dict[int, str] = {
    # Which file a source was read from. A line of a file of lines is called "FILE#NAME"; what is known by a URL alone
    # is filled in when its file is indexed again.
    1: """
    CREATE TABLE origins (source_key TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (source_key, file)) WITHOUT ROWID;
    INSERT INTO origins SELECT DISTINCT source_key, source_key FROM articles
        WHERE source_key LIKE '/%' AND instr(source_key, '#') = 0;
    INSERT INTO origins SELECT DISTINCT source_key, substr(source_key, 1, instr(source_key, '#') - 1) FROM articles
        WHERE source_key LIKE '/%.jsonl#%' OR source_key LIKE '/%.ndjson#%' OR source_key LIKE '/%.gz#%';
    """,
}

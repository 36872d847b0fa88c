"""Reduce vaderSentiment's ``vader_lexicon.txt`` to ``data/vader.tsv.gz``: words, mean rating. For developers.

pip download --no-deps vaderSentiment && unzip vaderSentiment-*.whl
python -m assistant.language.lexicon.build_valence vaderSentiment/vader_lexicon.txt
"""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.language.lexicon.build_wordnet import write


def main(source: Path) -> None:
    rows = [line.split("\t")[:2] for line in source.read_text("utf-8").splitlines() if line.strip()]
    write(
        "vader", sorted(f"{word}\t{mean}" for word, mean in rows if word.replace("-", "").isalpha() and word.isascii())
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

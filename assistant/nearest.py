"""What comes nearest to words that are not there, and how the two differ. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.quote import fold
from assistant.types import Flag, FlagKind, FlagSide
from index import INVISIBLE, Sentence, Span

_WORD = re.compile(rf"[^\W_](?:[\w{INVISIBLE}]|[.,'’‐‑-](?=\w))*[%\w]|[^\W_]|[$€£¥%]")
_NEGATIONS = frozenset({"not", "no", "never", "none", "nor", "neither", "without", "cannot"})
_LONGEST = 60  # words: longer quotations are aligned with the whole sentence instead of every window of it
# The commonest function words of English: sharing one says little about two sentences.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been but by for from had has have he her his i in is it its of on or our she that the "
        "their them they this to was we were which who will with would you",
    )
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text with its folded, lower-case form."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The stretch that comes nearest. ``similarity``: 1 − word edits / words of the longer one, 0..1."""

    span: Span
    sentence: Span
    similarity: float
    diff: tuple[tuple[str, str], ...]


def words_of(text: str) -> list[Word]:
    """The words of ``text`` in order; numbers stay whole ("1,000.5"), typography is folded in ``form``."""
    return [Word(fold(match.group()).lowered.strip("'"), match.start(), match.end()) for match in _WORD.finditer(text)]


def find_nearest(quotation: str, sentences: Sequence[Sentence], *, candidates: int = 6) -> Nearest | None:
    """The stretch of ``sentences`` nearest to ``quotation``, or None where no content word is shared.

    Sentences are ranked by the words they share (a shared number counts double, function words little), then every
    window of about the same length is compared word by word.
    """
    ours = words_of(quotation)
    weights = Counter({word.form: _weight(word.form) for word in ours})
    scored = []
    for order, sentence in enumerate(sentences):
        shared = {word.form for word in words_of(sentence.text)} & weights.keys()
        score = sum(weights[form] for form in shared)
        if score >= 1:
            scored.append((-score, order))
    nearest = [_best_window(ours, quotation, sentences[order]) for _, order in sorted(scored)[:candidates]]
    return max(nearest, key=lambda found: found.similarity, default=None)


def _weight(form: str) -> float:
    if any(character.isdigit() for character in form):
        return 2.0
    return 0.2 if form in _COMMON else 1.0


def _best_window(ours: list[Word], quotation: str, sentence: Sentence) -> Nearest:
    from rapidfuzz.distance import Levenshtein

    theirs = words_of(sentence.text)
    forms, wanted = [word.form for word in theirs], [word.form for word in ours]
    best = (2.0, 0, 0, len(theirs))
    sizes = range(max(1, len(ours) - 3), len(ours) + 4) if len(ours) <= _LONGEST else [len(theirs)]
    for size in sizes:
        for first in range(max(1, len(forms) - size + 1)):
            window = forms[first : first + size]
            cost = Levenshtein.distance(wanted, window) / max(len(wanted), len(window), 1)
            best = min(best, (cost, abs(len(window) - len(wanted)), first, first + len(window)))
    cost, _, first, last = best
    start, end = sentence.start + theirs[first].start, sentence.start + theirs[last - 1].end
    span = Span(sentence.article_id, start, end, sentence.text[theirs[first].start : theirs[last - 1].end])
    whole = Span(sentence.article_id, sentence.start, sentence.end, sentence.text)
    return Nearest(span, whole, 1 - cost, word_diff(quotation, span.quote))


def word_diff(ours: str, theirs: str) -> tuple[tuple[str, str], ...]:
    """``ours`` against ``theirs``, word by word: ("same" | "drop" | "add", words) in reading order.

    "drop" are words of ours that theirs does not have, "add" words of theirs that ours does not have.
    """
    from rapidfuzz.distance import Levenshtein

    our_words, their_words = words_of(ours), words_of(theirs)
    parts: list[tuple[str, str]] = []
    for code in Levenshtein.opcodes([w.form for w in our_words], [w.form for w in their_words]):
        if code.tag == "equal":
            parts.append(("same", _stretch(theirs, their_words[code.dest_start : code.dest_end])))
            continue
        if code.src_end > code.src_start:
            parts.append(("drop", _stretch(ours, our_words[code.src_start : code.src_end])))
        if code.dest_end > code.dest_start:
            parts.append(("add", _stretch(theirs, their_words[code.dest_start : code.dest_end])))
    return tuple(parts)


def _stretch(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end]


def difference_kinds(diff: Sequence[tuple[str, str]]) -> tuple[FlagKind, ...]:
    """What kind of change a word diff is: a negation, a number, or (else) the wording; small words alone are none."""
    changed = [word.form for tag, words in diff if tag != "same" for word in words_of(words)]
    kinds = []
    if any(form in _NEGATIONS or form.endswith("n't") for form in changed):
        kinds.append(FlagKind.NEGATION)
    if any(character.isdigit() for form in changed for character in form):
        kinds.append(FlagKind.QUANTITY)
    if not kinds and any(form not in _COMMON for form in changed):
        kinds.append(FlagKind.WORDING)
    return tuple(kinds)


def difference_flags(quotation: str, nearest: Nearest) -> tuple[Flag, ...]:
    """One flag for each kind of change between a quotation and what comes nearest to it."""
    drop = ", ".join(f"“{words}”" for tag, words in nearest.diff if tag == "drop")
    add = ", ".join(f"“{words}”" for tag, words in nearest.diff if tag == "add")
    note = f"The source has {add or 'nothing'} where the quotation has {drop or 'nothing'}."
    return tuple(
        Flag(kind, note, FlagSide(quotation), FlagSide.of(nearest.span)) for kind in difference_kinds(nearest.diff)
    )

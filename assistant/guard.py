"""Check what a language model wrote against the evidence rows that it was given. Nothing unchecked passes.

Sentence by sentence, as it comes: links, images, markup and control characters go; an unknown number is taken out; a
quotation that is not the cited row's own words loses its marks, and is then judged as a paraphrase; a number, name or
"not" that the cited rows don't have, words given to another source than their own, a statement that leaves out what its
row's depends on, or one that the rows don't carry, drops the sentence. What was dropped is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import NotJudged
from assistant.guard_clauses import Reads, Told, is_whole, told_of_text
from assistant.guard_left_out import left_out, said_elsewhere
from assistant.guard_quotations import quotation_of_another, with_exact_quotations
from assistant.guard_slots import names_somebody_else, slots_not_carried
from assistant.language.reader import ABBREVIATION, LanguageReader
from assistant.plain import plain_marks, without_markup
from assistant.quote import find_quotation
from assistant.types import Citation, Statement, Verifier

CARRIED = 0.5  # entailment from which a row carries a statement
CONTRADICTED = 0.5
LONGEST_OPEN = 600  # characters that an open bracket may hold back the end of a sentence
ANY_SOURCE = ("article", "source", "passage", "text", "articles", "sources")  # as a sentence may call what it cites
_NUMBERED = re.compile(r"\[\s*(\d{1,4}(?:\s*[,;]\s*\d{1,4})*)\s*\]")
# A number after the full stop belongs to the sentence before it, one at the head of a line to what follows.
_SENTENCE_END = re.compile(r"(?<=[.!?])(?:[”\"’'»)]*)(?:[^\S\n]*\[\s*\d[\d\s,;]*\])*\s+(?=[A-ZÀ-Þ“\"‘'(\[*])|\n+")
_NUMBERS_FOLLOW = re.compile(r"\s*(?:\[[^\]]*(?:\]\s*|$))*$")  # all that came so far may belong to the sentence before
_ENDED = re.compile(
    r"[.!?…][”\"’'»)]*\s*(?:\[[\d\s,;]*\]\s*)*$|\[[\d\s,;]*\]$"
)  # a model that ran out of room breaks off
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Oo]urs)\b")  # not "mine": coal comes from one
_EVIDENCE = re.compile(
    r"\b(?:sources?|articles?|rows?|passages?|texts?|evidence|citations?|paragraphs?|documents?|web ?sites?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Guarded:
    """What passed, as statements over the given citations, and what did not, each with its reason."""

    statements: tuple[Statement, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a text is checked against. ``names``: article_id → the name that prose gives to the article."""

    citations: Sequence[Citation]
    names: Mapping[str, str]
    verifier: Verifier
    reader: LanguageReader
    read_row: Reads | None = None  # a row's clauses, read in its article; without it the row is read by itself

    def clauses(self, row: Citation) -> Told:
        return self.read_row(row.span) if self.read_row else told_of_text(row.span.quote, self.reader)


def guard(text: str, grounds: Grounds) -> Guarded:
    """Check a model's whole text."""
    checking = Guard(grounds)
    checking.feed(text)
    checking.end()
    return Guarded(checking.statements, checking.dropped)


class Guard:
    """The same while the text comes in: however it is cut into pieces, the same statements pass."""

    def __init__(self, grounds: Grounds) -> None:
        self._grounds = grounds
        self._unread = ""
        self._statements: list[Statement] = []
        self._dropped: list[str] = []

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(self._statements)

    @property
    def dropped(self) -> tuple[str, ...]:
        return tuple(self._dropped)

    def feed(self, piece: str) -> list[Statement]:
        """The statements that have become whole with this piece and passed."""
        self._unread += piece
        passed: list[Statement] = []
        while (end := _end_of_sentence(self._unread)) is not None:
            passed += self._read(self._unread[:end])
            self._unread = self._unread[end:]
        return passed

    def end(self) -> list[Statement]:
        """What stood after the last full stop."""
        rest, self._unread = self._unread, ""
        return self._read(rest)

    def _read(self, text: str) -> list[Statement]:
        clean, removed = without_markup(text)
        self._dropped += [f"{piece} (removed: links, images and markup are not allowed)" for piece in removed]
        passed: list[Statement] = []
        for sentence in _sentences_of(clean):
            statement, why = _checked(sentence, self._grounds)
            if statement is not None:
                passed.append(statement)
            if why:
                self._dropped.append(f"{sentence} ({why})")
        self._statements += passed
        return passed


def _end_of_sentence(text: str) -> int | None:
    """Where the first sentence of ``text`` ends, if what follows shows that it does."""
    for match in _ends(text):
        end = match.end()
        if _NUMBERS_FOLLOW.match(text, end):
            return None
        if end > LONGEST_OPEN or all(text.count(a, 0, end) <= text.count(b, 0, end) for a, b in ("[]", "()", "<>")):
            return end
    return None


def _ends(text: str) -> Iterator[re.Match[str]]:
    return (
        match
        for match in _SENTENCE_END.finditer(text)
        if match.group().startswith("\n") or not ABBREVIATION.search(text[max(0, match.start() - 12) : match.start()])
    )


def _sentences_of(text: str) -> list[str]:
    """Sentences, each with the numbers that follow its full stop."""
    pieces: list[str] = []
    position = 0
    for match in _ends(text):
        pieces.append(text[position : match.end()])
        position = match.end()
    pieces.append(text[position:])
    return [piece.strip() for piece in pieces if any(c.isalnum() for c in _NUMBERED.sub("", piece))]


def _checked(sentence: str, grounds: Grounds) -> tuple[Statement | None, str]:
    """The statement as it may be shown, or None, and what was wrong with it ("" when nothing was)."""
    by_number = {citation.n: citation for citation in grounds.citations}
    names = grounds.names
    asked = [int(n) for group in _NUMBERED.findall(sentence) for n in re.findall(r"\d+", group)]
    numbers = tuple(dict.fromkeys(n for n in asked if n in by_number))
    unknown = [n for n in asked if n not in by_number]
    plain = re.sub(r"\s+([.,;!?])", r"\1", re.sub(r"\s{2,}", " ", _NUMBERED.sub("", sentence))).strip()
    whys = [f"unknown number {', '.join(f'[{n}]' for n in unknown)} removed"] if unknown else []
    if not numbers:  # what the sources are silent on is said by the evidence itself, never by the model
        return None, "; ".join([*whys, "dropped: no row carries it"])
    rows = [by_number[n] for n in numbers]
    if not _ENDED.search(sentence):
        return None, "; ".join([*whys, "dropped: it breaks off"])
    plain = _without_label(plain, names.values())
    wrong = names_somebody_else(plain, rows, names) or quotation_of_another(plain_marks(plain), rows, names)
    plain, altered = with_exact_quotations(plain_marks(plain), rows)
    if altered:
        whys.append("quotation marks removed: not the source's exact words")
    wrong = (
        wrong
        or _somebodys_own_words(plain)
        or _of_the_evidence_itself(plain, rows, names)
        or slots_not_carried(plain, rows, names)
        or _less_than_told(plain, rows, grounds)
        or _not_entailed(plain, rows, names, grounds.verifier)
    )
    if wrong:
        return None, "; ".join([*whys, f"dropped: {wrong}"])
    return Statement(_quoted_if_copied(plain, rows, names), numbers), "; ".join(whys)


def _quoted_if_copied(text: str, rows: Sequence[Citation], names: Mapping[str, str]) -> str:
    """A sentence that is a row's own words is that source's, not ours: named, and in quotation marks."""
    for row in rows if "“" not in text else ():
        if places := find_quotation(text.rstrip("."), row.span.quote):
            words = row.span.quote[places[0].start : places[0].end]
            return f"{names.get(row.span.article_id) or 'The source'} says: “{words}”."
    return text


def _without_label(text: str, names: Iterable[str]) -> str:
    """ "Article 7, body: The bridge is closed." → "The bridge is closed.": the label of a row, echoed."""
    labels = "|".join(re.escape(name) for name in names if name)
    return re.sub(rf"^(?:{labels}),\s*[a-z]+:\s*", "", text) if labels else text


def _somebodys_own_words(text: str) -> str:
    """Why a sentence in the first person may not stand outside quotation marks: nobody here speaks for himself."""
    outside = re.sub(r"“[^”]*”", "", text)
    return "it is somebody's own words without quotation marks" if _FIRST_PERSON.search(outside) else ""


def _of_the_evidence_itself(text: str, rows: Sequence[Citation], names: Mapping[str, str]) -> str:
    """Why a sentence may not tell what the rows are ("the source is an article on …"): they carry what they say."""
    told = _without_speaker(text, [names.get(row.span.article_id, "") for row in rows])
    told = re.sub("|".join(re.escape(name) for name in names.values() if name) or "$", "", told, flags=re.IGNORECASE)
    known = " ".join(row.span.quote for row in rows).lower()
    own = [word for word in _EVIDENCE.findall(told) if not re.search(rf"(?<!\w){re.escape(word.lower())}", known)]
    return f"it speaks of the {own[0].lower()}, not of what is said in it" if own else ""


def _less_than_told(text: str, rows: Sequence[Citation], grounds: Grounds) -> str:
    """Why a statement leaves out what its row's depends on. "" when it does not."""
    told = _without_source(text, [grounds.names.get(row.span.article_id, "") for row in rows])
    read = [grounds.clauses(row) for row in rows]
    return (
        said_elsewhere(told, read) if is_whole(told, read) else left_out(told_of_text(told, grounds.reader, read), read)
    )


def _not_entailed(text: str, rows: Sequence[Citation], names: Mapping[str, str], verifier: Verifier) -> str:
    """Why a cited source does not carry a statement, by the grounding model. "" when a row of each does."""
    claim = _without_speaker(text, [names.get(row.span.article_id, "") for row in rows])
    try:
        found = verifier.judge(claim, [row.span for row in rows])
    except NotJudged as error:
        return f"could not be judged: {error.message}"
    if any(
        evidence.contradiction >= CONTRADICTED and evidence.contradiction > evidence.entailment for evidence in found
    ):
        return "its row contradicts it"
    carrying = {row.span.article_id for row, seen in zip(rows, found, strict=True) if seen.entailment >= CARRIED}
    if carrying == {row.span.article_id for row in rows}:
        return ""
    return "its row does not carry it" if not carrying else "a source that it cites does not carry it"


def _without_source(text: str, names: Sequence[str]) -> str:
    """ "Article 7 says that the bridge is closed." → "the bridge is closed.": the row is that article already."""
    for name in (*names, *ANY_SOURCE):
        if not name:
            continue
        source = rf"(?:(?:the|this|both|these)\s+)?{re.escape(name)}(?:'s \w+)?"
        verb = r"(?:\w+ly )?(?:says?|writes?|reports?|states?|puts it)"
        text = re.sub(rf"^(?:{source}\s+{verb}(?:\s+that)?[:,]?|according to {source},)\s+", "", text, flags=re.I)
        text = re.sub(rf",\s+(?:{source}\s+{verb}|according to {source})(?=\.?$)", "", text, flags=re.I)
    return text


def _without_speaker(text: str, names: Sequence[str]) -> str:
    """The same without "According to the police, …" too: who says so has been compared."""
    return re.sub(r"^according to [^,]{1,60},\s*", "", _without_source(text, names), flags=re.IGNORECASE)

"""Cut an article into sentences with exact offsets. One pass, linear in the text, any script, any mess.

What is not handled: abbreviations of other languages than English, and sentences glued without a space
unless the case of the letters shows it. Abbreviations are those of common American news style (titles,
states, months, companies); sentence openers are English closed-class words (Penn Treebank tags DT, PRP,
PRP$, WDT, WP, WRB, EX, IN, CC, and the commonest RB).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.invisible import INVISIBLE, without_invisible
from index.paragraphs import Unit, find_units
from index.sections import find_sections
from index.types import Section, SectionKind, Sentence

__all__ = ["MAX_SENTENCE", "find_sections", "find_sentences"]

MAX_SENTENCE = 2_000  # characters: longer runs without a full stop are cut at white space

_STOP = re.compile(
    rf"[.!?…。！？؟।]+[\"'”’»›)\]}}*_{INVISIBLE}]*"
    r"(?:[ \t\u00a0]+(?:''|[”’»›)\]]+)(?=\s|\Z))?"  # a closing mark that strayed from its sentence
)
_STRAY_QUOTE = re.compile(r"[ \t\u00a0]+\"(?=\s|\Z)")  # the same, where the marks before leave one open
_CASELESS_STOPS = frozenset("。！？।؟")
_WORD_BEFORE = re.compile(r"[^\s(\[{\"“‘'«/—–]+$")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_NEXT = re.compile(r"\w[\w'’&-]*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never at the end of a sentence: a name or a number follows.
_TITLES = _words(
    "mr mrs ms mx dr prof sen sens rep reps gov govs gen col lt sgt cpl pvt capt maj cmdr adm brig rev fr hon pres "
    "supt atty st ste mt ft messrs mme mlle vs v cf viz e.g i.e al approx ca ret insp det spc dist"
)
# At the end only when no number follows.
_BEFORE_NUMBERS = _words("no nos fig figs p pp vol ch sec art para jan feb mar apr jun jul aug sep sept oct nov dec")
# At the end only when a word follows that opens sentences.
_UNDECIDED = _words(
    "inc corp co cos ltd bros llc plc jr sr esq dept univ assn ave blvd rd est ala ariz ark calif colo conn del fla ga "
    "ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo ph.d"
)
_AFTER_CLOCK = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december eastern central mountain pacific est edt et cst cdt ct mst mdt mt pst pdt pt "
    "gmt utc bst cet cest ist"
)
_OPENERS = _words(
    "a an the this that these those he she it they we you i his her its their our my your there here who what when "
    "where why how which while although though if because since after before until unless as at by for from in into of "
    "on to with without under over during between among despite and but or nor yet so then however meanwhile also "
    "still now both each every some many most several all no none not one two another other such"
)
_SAYING = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]*\s+){0,4}"
    r"(?:said|says|asked|asks|told|added|wrote|writes|shouted|replied)\b"
)


def find_sentences(article_id: str, text: str, sections: Sequence[Section]) -> list[Sentence]:
    """Every sentence of ``text`` in order, none overlapping; ``text[start:end]`` holds no outer white space.

    Together they cover every visible character of the sections but the markers of lists. A headline or a byline is
    one sentence; paragraphs count from 0 over the article.
    """
    sentences: list[Sentence] = []
    paragraph = 0
    for section in sections:
        if section.section is not SectionKind.BODY:
            spans = _capped(text, section.start, section.end)
            sentences += [Sentence(article_id, a, b, text[a:b], section.section, paragraph) for a, b in spans]
            paragraph += 1
            continue
        for unit in find_units(text, section.start, section.end, first_paragraph=paragraph):
            for start, end in _spans(text, unit):
                sentences.append(
                    Sentence(article_id, start, end, text[start:end], section.section, unit.paragraph, unit.bullet)
                )
    return sentences


def _spans(text: str, unit: Unit) -> Iterator[tuple[int, int]]:
    cased = any(map(str.isupper, text[unit.start : unit.end]))
    start, counted, quotes = unit.start, unit.start, 0
    for stop in _STOP.finditer(text, unit.start, unit.end):
        if stop.start() < start or not _ends_sentence(text, unit, stop, cased):
            continue
        quotes += text.count('"', counted, stop.end())
        counted = stop.end()
        stray = _STRAY_QUOTE.match(text, stop.end(), unit.end) if quotes % 2 else None
        end = stray.end() if stray else stop.end()
        yield from _capped(text, start, end)
        start = end
    yield from _capped(text, start, unit.end)


def _capped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without outer white space, in pieces of at most MAX_SENTENCE characters."""
    while True:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            return
        if end - start <= MAX_SENTENCE:
            yield start, end
            return
        cut = start + MAX_SENTENCE
        while cut > start + MAX_SENTENCE // 2 and not text[cut].isspace():
            cut -= 1
        if not text[cut].isspace():
            cut = start + MAX_SENTENCE
        stop = cut
        while text[stop - 1].isspace():
            stop -= 1
        yield start, stop
        start = cut


def _ends_sentence(text: str, unit: Unit, stop: re.Match[str], cased: bool) -> bool:
    if stop.end() >= unit.end:
        return True
    marks = stop.group()
    spaced = text[stop.end()].isspace()
    if not spaced:
        return marks[0] in _CASELESS_STOPS or _is_glued(text, unit, stop)
    following = _NEXT.search(text, stop.end(), min(unit.end, stop.end() + 40))
    if following is None:
        return True
    word = following.group()
    # "iPhone sales fell": a capital in second place opens a sentence too.
    if cased and word[0].islower() and not word[1:2].isupper():
        return False
    ahead = min(unit.end, following.start() + 90)
    if marks[0] in "!?" and len(marks) > 1 and _SAYING.match(text, following.start(), ahead):
        return False  # “Will it hold?” Ann Lee asked.
    if marks[0] != "." or marks.startswith(".."):
        return True
    before = _WORD_BEFORE.search(text, max(unit.start, stop.start() - 24), stop.start())
    if before is None:
        return True
    if before.start() == unit.start and before.group().isdigit() and before.group() != text[unit.start : unit.end]:
        return False  # "1. First of all"
    return _full_stop_ends(without_invisible(before.group()), word, marks)


def _full_stop_ends(before: str, word: str, marks: str) -> bool:
    """Whether the full stop after the word ``before`` ends a sentence, when ``word`` follows."""
    lower, opens = before.lower(), word.lower() in _OPENERS
    named = before[:1].isupper()
    if (lower in _TITLES and (named or "." in lower or lower in ("vs", "v", "al", "ca", "approx"))) and len(marks) == 1:
        return False
    if named and lower in _BEFORE_NUMBERS:
        return not word[0].isdigit()
    if named and lower in _UNDECIDED:
        return opens
    if lower in ("a.m", "p.m"):
        return not word[0].isdigit() and word.lower() not in _AFTER_CLOCK
    if _INITIALS.fullmatch(before) and (named or "." in before):
        return opens  # J. Smith; the U.S. Senate; but: left the U.S. The talks
    return True


def _is_glued(text: str, unit: Unit, stop: re.Match[str]) -> bool:
    """``… the vote.The council …``: a page's paragraphs run together."""
    if len(stop.group().rstrip("\"'”’»)]")) != 1 or stop.start() < unit.start + 3:
        return False
    head, tail = text[stop.start() - 3 : stop.start()], text[stop.end() : stop.end() + 2]
    return head.isalpha() and head.islower() and len(tail) == 2 and tail[0].isupper() and tail[1].islower()

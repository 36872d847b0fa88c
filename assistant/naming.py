"""Find the articles that a text names: "article 000", "the Herald story", "both articles". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePath

from assistant.language.lexicon.wordnet import is_common_word
from assistant.quote import is_boundary
from index import ArticleHeader

_NOUN = r"(?:article|story|piece|report|text|document|source|file|version|account)"
_ALL = re.compile(
    rf"\b(?:both|all|each|every|either|neither|the two|two|the three)(?:\s+(?:of\s+)?(?:the|these|those))?"
    rf"(?:\s+(?:two|three))?\s+(?:{_NOUN}|outlet|paper|newspaper|publication)s?\b",
    re.IGNORECASE,
)
_NAMED_BY_NOUN = re.compile(rf"\b{_NOUN}\s+(?:no\.?\s+|number\s+|#)?(?P<name>[\w.-]+)", re.IGNORECASE)
_NOUN_BEFORE = re.compile(rf"\b{_NOUN}\s+(?:no\.?\s+|number\s+|#)?$", re.IGNORECASE)
# Where a common word is an outlet's name: "does beacon call", "beacon says", "according to beacon", "beacon's body".
_TELLS = (
    r"(?:say|call|use|describe|report|mention|quote|put|give|state|tell|write|name|claim|credit|cite|attribute|word|get|"
    r"phrase|characteri[sz]e|refer|speak|treat|frame|portray|present|avoid|support|print|overstate)"
)
_BEFORE_OUTLET = re.compile(
    r"\b(?:(?:headline|title|body|text|wording|version|account) (?:of|in)|according to|as per|"
    r"quote (?:is |comes )?(?:from|in)|do|does|did|would|outlets?)\s+$",
    re.IGNORECASE,
)
_AFTER_OUTLET = re.compile(
    rf"['’]s?\s+own\b|['’]s?\s+(?:headline|title|body|{_NOUN}|wording|words|language|voice|lead|opening)\b|"
    rf"\s+(?:headline|body|{_NOUN}|{_TELLS}s)\b",
    re.IGNORECASE,
)
# Beside another article that is named for certain: "coasttimes and beacon", "differ from beacon's".
_BESIDE = re.compile(r"(?:\b(?:and|or|nor|than|from|versus|vs\.?|both|that|with)|,)\s+$", re.IGNORECASE)
_BESIDE_AFTER = re.compile(r"['’]s\b|\s+(?:and|or|nor)\s", re.IGNORECASE)
_ASKED_TO_TELL = re.compile(rf"\s+(?:\w+\s+)?{_TELLS}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedSources:
    """Words of a text that name articles: ``text[start:end]``. A publisher, or "both", may mean several."""

    start: int
    end: int
    article_ids: tuple[str, ...]
    everyone: bool = False  # "both articles", "each outlet"


def names_of(header: ArticleHeader) -> frozenset[str]:
    """What an article answers to, in lower case: source, file name, stem, stem up to its first ``_``, publisher."""
    return _names(header.source, header.publisher or "")


@lru_cache(maxsize=100_000)  # each question asks it of every article
def _names(source: str, publisher: str) -> frozenset[str]:
    path = PurePath(source)
    names = {source, path.name, path.stem, path.stem.split("_", 1)[0], publisher}
    return frozenset(name.casefold() for name in names if len(name) > 1)


def find_named_sources(text: str, headers: Sequence[ArticleHeader]) -> list[NamedSources]:
    """The articles named in ``text``, in order, longest name first, without overlaps.

    A common word in lower-case letters ("draft") only counts where an article or an outlet is named.
    """
    by_name: dict[str, list[str]] = {}
    for header in headers:
        for name in names_of(header):
            by_name.setdefault(name, []).append(header.article_id)
        by_name.setdefault(header.article_id, []).append(header.article_id)
    found = [
        NamedSources(match.start(), match.end(), tuple(header.article_id for header in headers), True)
        for match in _ALL.finditer(text)
    ]
    maybe: list[NamedSources] = []
    lowered = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    for start, end in _candidate_ranges(lowered, max((name.count(" ") + 1 for name in by_name), default=1)):
        ids = by_name.get(lowered[start:end]) or _by_id_prefix(lowered[start:end], headers)
        whole = is_boundary(text, start) and (is_boundary(text, end) or text[end : end + 1] in "'’")
        if ids and whole:
            maybe.append(NamedSources(start, end, tuple(dict.fromkeys(ids))))
    sure = [_with_noun(text, name) for name in maybe if _counts_as_name(text, name.start, name.end)]
    if sure:
        certain = {name.end for name in sure}
        sure += [name for name in maybe if name.end not in certain and _stands_beside(text, name)]
    return _without_overlaps([*found, *sure])


def _with_noun(text: str, name: NamedSources) -> NamedSources:
    """ "Article 000" is a name as a whole, as answers write it."""
    before = _NOUN_BEFORE.search(text, 0, name.start)
    return replace(name, start=before.start()) if before else name


def _stands_beside(text: str, name: NamedSources) -> bool:
    """Whether a common word stands where a second article is compared with a first one."""
    before, after = text[max(0, name.start - 40) : name.start], text[name.end :]
    return bool(_BESIDE.search(before) or _BESIDE_AFTER.match(after))


def _candidate_ranges(text: str, most_words: int) -> Iterable[tuple[int, int]]:
    """Ranges of one to ``most_words`` whole words (at most 8), longest first at each place."""
    words = [(match.start(), match.end()) for match in re.finditer(r"[^\s\"“”‘’'(),;:?!]+", text)]
    for first, (start, _) in enumerate(words):
        for last in range(min(first + min(most_words, 8), len(words)) - 1, first - 1, -1):
            end = words[last][1]
            yield start, end
            if text[end - 1] == ".":
                yield start, end - 1


def _by_id_prefix(name: str, headers: Sequence[ArticleHeader]) -> list[str]:
    if len(name) < 8 or not re.fullmatch(r"[0-9a-f]+", name):
        return []
    return [header.article_id for header in headers if header.article_id.startswith(name)]


def _counts_as_name(text: str, start: int, end: int) -> bool:
    """A name with a capital or a digit, or one that is no word of English ("thehill"), names an article; a common word
    ("draft") does so after "article", "story" and the like, or where an outlet stands: "does fortune call it …"."""
    name = text[start:end]
    if any(character.isdigit() or character.isupper() for character in name) or re.search(r"[./_]", name):
        return True
    if any(match.start("name") == start for match in _NAMED_BY_NOUN.finditer(text, max(0, start - 24), end)):
        return True
    if not is_common_word(name):
        return True
    before, after = text[max(0, start - 40) : start], text[end:]
    if _BEFORE_OUTLET.search(before):
        return not re.search(r"\b(?:do|does|did|would)\s+$", before) or bool(_ASKED_TO_TELL.match(after))
    return bool(_AFTER_OUTLET.match(after))


def _without_overlaps(found: list[NamedSources]) -> list[NamedSources]:
    kept: list[NamedSources] = []
    for named in sorted(found, key=lambda named: (named.start, -named.end)):
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return kept

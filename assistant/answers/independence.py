"""Do several articles rest on one upstream source? Whom each credits, and for what."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answers.clauses import clause_around
from assistant.answers.draft import Draft
from assistant.answers.matching import Match, rank, terms_of
from assistant.answers.material import Material
from assistant.answers.said import Credit, credits_in, speakers_in
from assistant.language.normalise import letters_of
from assistant.language.types import Speaker
from assistant.naming import names_of
from assistant.types import Answer, AnswerStatus, FlagKind, FlagSide
from index import SectionKind, Sentence

SHOWN = 3  # credits shown for one source


def answer_independence(material: Material) -> Answer:
    draft = Draft(material)
    matter = _MATTER.search(material.reading.question) or _ON_MATTER.search(material.reading.question)
    found = all_credits(material)
    if matter:
        return _answer_for(draft, matter.group("what"), found)
    copies = _copies(material)
    shared, taken = _shared_outlets(found), _taken_from_another(material, found)
    if copies:
        draft.say("No: some of these articles have the same text, and count as one voice.")
    elif shared and len(material.headers) > 1:
        draft.say(
            "No: they rest on the same reporting by another outlet, and count as one origin for what it told them."
        )
    elif taken:
        draft.say(f"No: {draft.label(taken[0])} has some of it from {draft.label(taken[1])}, which is among them.")
    elif any(found.values()):
        draft.say(
            "They credit other outlets, not the same one."
            if len(material.headers) > 1
            else "It credits another outlet."
        )
    else:
        draft.say("None of them credits another outlet; that alone does not show where they have their facts.")
    for article_id, rows in found.items():
        _say_credits(draft, article_id, rows)
    if not any(found.values()) and not copies:
        return draft.answer(AnswerStatus.PARTIAL, missing=("where the articles have their facts from",), score=0.3)
    if any(found.values()):
        _flag(draft, found, shared)
    return draft.answer(AnswerStatus.ANSWERED, score=1.0)


def all_credits(material: Material) -> dict[str, list[Credit]]:
    """Every source's credits, in order: as parsed, and where it tells of an outlet that is credited elsewhere."""
    found = {header.article_id: credits_in(material, header.article_id) for header in material.headers}
    found = {i: [c for c in rows if not _is_itself(material, c)] for i, rows in found.items()}
    named = sorted({name for header in material.headers for name in _outlets_named(material, header.article_id)})
    found = {i: [_named(credit, named) for credit in rows] for i, rows in found.items()}
    outlets = sorted({*named, *(credit.outlet for rows in found.values() for credit in rows)}, key=len, reverse=True)
    for article_id, rows in found.items():
        for sentence in material.sentences[article_id]:
            if sentence.section is not SectionKind.BODY or any(c.sentence.start == sentence.start for c in rows):
                continue
            match = _neighbour_credited(material, article_id, sentence)
            if match is not None:
                start, end = sentence.start + match.start("name"), sentence.start + match.end("name")
                rows.append(Credit(article_id, match.group("name").lower(), start, end, sentence))
                continue
            for outlet in (o for o in outlets if not _is_own(material, article_id, o)):
                name = r"\s+".join(re.escape(word) for word in outlet.split())
                match = re.search(rf"{_RELAYED}{name}(?!\w)|(?<!\w){name}\s+{_RELAYS}", sentence.text, re.IGNORECASE)
                if match:
                    start, end = sentence.start + match.start(), sentence.start + match.end()
                    rows.append(Credit(article_id, outlet, start, end, sentence))
                    break
        rows.sort(key=lambda credit: credit.start)
    return found


def _neighbour_credited(material: Material, article_id: str, sentence: Sentence) -> re.Match[str] | None:
    """Where a sentence says that something was told to, or written for, the outlet of another source consulted."""
    for other in material.headers:
        if other.article_id == article_id:
            continue
        for name in names_of(other):
            if not name.replace(" ", "").isalpha() or len(name) < SHORTEST_NAME:
                continue
            written = rf"(?<![\w.])(?P<name>{re.escape(name.title())}|{re.escape(name.upper())})(?!\w)"
            match = re.search(written, sentence.text)
            if match is not None and _WRITTEN_FOR.search(sentence.text):
                return match
    return None


def _outlets_named(material: Material, article_id: str) -> set[str]:
    """Names that an article introduces as an outlet's, lower case: "the news agency X", "X, a news service", "the X
    News Agency"."""
    text = material.sources.article(article_id).text
    found = {m.group("after") or m.group("before") or m.group("itself") for m in _INTRODUCED.finditer(text)}
    return {" ".join(name.split()).lower() for name in found}


def _named(credit: Credit, outlets: list[str]) -> Credit:
    """A credit by the outlet's bare name, where its speaker is "papers cited by X, a news service"."""
    name = next((o for o in outlets if re.search(rf"(?<!\w){re.escape(o)}(?!\w)", credit.outlet)), credit.outlet)
    return replace(credit, outlet=name)


def _is_itself(material: Material, credit: Credit) -> bool:
    return _is_own(material, credit.article_id, credit.outlet)


def _is_own(material: Material, article_id: str, outlet: str) -> bool:
    """Whether an outlet is the article's own, by its publisher, byline or name: "he told the Post" in the Post."""
    bylines = [s.text for s in material.sentences[article_id] if s.section is SectionKind.BYLINE]
    own = " ".join([material.header(article_id).publisher or "", *bylines]).lower()
    if letters_of(outlet) in {letters_of(name) for name in names_of(material.header(article_id))}:
        return True
    return bool(re.search(rf"(?<!\w){re.escape(outlet.lower())}(?!\w)", own))


_OUTLET = (
    r"(?:news (?:agency|service|site|outlet|channel|website|network|organi[sz]ation)|newspaper|broadcaster|magazine|"
    r"tabloid|wire service)"
)
_WORD = r"[A-ZÀ-Þ](?:[\w-]|\.(?=\w)|(?<=\bSt)\.|(?<=\.[A-Z])\.)*"  # not past the end of a sentence
_NAME = rf"{_WORD}(?: {_WORD}){{0,3}}"
_INTRODUCED = re.compile(
    rf"\b{_OUTLET} (?P<after>{_NAME})|(?P<before>{_NAME}), (?:a|an|the) (?:[\w-]+ ){{0,3}}{_OUTLET}\b|"
    rf"\b[Tt]he (?P<itself>[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)? (?:News|Press) (?:Agency|Service))\b"
)
_RELAYED = (
    r"\b(?:told|according to|speaking to|spoke to|interview with|quoted by|cited by|reported by)\s+(?:[\w-]+\s+){0,5}"
)
_RELAYS = r"(?:(?:first |has |had )?(?:reports?|reported|quoted|cited|reviewed|obtained|saw|seen|learned|revealed))\b"
_WRITTEN_FOR = re.compile(
    r"\b(?:op-?ed|column|essay|interview|article|report(?:s|ed)?|story|told|wrote|writes|penned|published|according)\b",
    re.IGNORECASE,
)
SHORTEST_NAME = 3
_ON_MATTER = re.compile(
    r"\b(?:independent\w*|confirm\w*|corroborat\w*)\b.*?\b(?:of|for|about|on|that)\s+"
    r"(?!(?:each other|one another|them|it|(?:the |these |those |this |both |each )?(?:two )?"
    r"(?:articles?|stor(?:y|ies)|sources?|reports?|accounts?|outlets?|pieces?))\b)(?P<what>[^?]{8,})",
    re.IGNORECASE,
)
_MATTER = re.compile(
    r"\b(?:source|origin)s? (?:of|for|behind) (?!(?:the |these |those |this |both |each )?(?:two )?"
    r"(?:articles?|stor(?:y|ies)|reports?|accounts?|information|facts|pieces?)\b)(?P<what>[^?]{4,})",
    re.IGNORECASE,
)
ENOUGH = 0.5
BESIDE = 0.7  # of the best sentence's score, what one that names its source needs
NEAREST = 8  # sentences on the matter in which another outlet may be credited


def _answer_for(draft: Draft, what: str, found: dict[str, list[Credit]]) -> Answer:
    """Where one fact comes from: whom each source credits in the sentence that states it, and which outlets beside."""
    material = draft.material
    terms = terms_of(token for parse in material.reader.parse_text(what) for token in parse.tokens)
    ranked = rank(material, terms, what)
    origins: list[FlagSide] = []
    for header in material.headers:
        ours = [m for m in ranked if m.sentence.article_id == header.article_id]
        stated = sorted((m for m in ours if m.alone >= ENOUGH), key=_in_headline)
        name = draft.label(header.article_id)
        if not stated:
            draft.say(f"{name} does not state it.")
        else:
            near = [m for m in stated if m.score >= BESIDE * stated[0].score]
            origins += _say_stated(draft, next((m for m in near if _speakers(m)), stated[0]))
        places = [m.sentence for m in ours[:NEAREST]]
        for credit in [c for c in found[header.article_id] if c.sentence in places][:SHOWN]:
            origins.append(draft.side(header.article_id, credit.sentence.start, credit.sentence.end))
            number = draft.cite(header.article_id, credit.sentence.start, credit.sentence.end)
            words = draft.quoted(header.article_id, credit.sentence.start, credit.sentence.end)
            draft.say(f"{name} credits another outlet: {words}.", number)
    if not draft.cited_sources:
        return draft.answer(AnswerStatus.REFUSED, missing=(material.reading.question,), score=0.0)
    if origins:
        firsts = list({side.article_id: side for side in reversed(origins)}.values())[::-1]
        draft.flag(FlagKind.SECONDHAND, "It is relayed, not first-hand.", *firsts[:2])
    return draft.answer(AnswerStatus.ANSWERED, score=0.7)


def _in_headline(match: Match) -> bool:
    return match.sentence.section is SectionKind.HEADLINE


def _speakers(match: Match) -> list[Speaker]:
    return [speaker for speaker in speakers_in(match.parse) if speaker.end]


def _say_stated(draft: Draft, match: Match) -> list[FlagSide]:
    """Say the sentence that states it and whom it credits; the credited place, none for the source's own voice."""
    sentence = match.sentence
    name = draft.label(sentence.article_id)
    number = draft.cite(sentence.article_id, sentence.start, sentence.end)
    words = draft.quoted(sentence.article_id, sentence.start, sentence.end)
    speakers = _speakers(match)
    if not speakers:
        draft.say(f"{name} gives no source for it in the sentence that states it: {words}.", number)
        return []
    who = draft.quoted(sentence.article_id, speakers[0].start, speakers[0].end)
    draft.say(f"{name} has it from {who}: {words}.", number)
    return [draft.side(sentence.article_id, sentence.start, sentence.end)]


def _copies(material: Material) -> bool:
    hashes = [header.text_sha256 for header in material.headers if header.text_sha256]
    return len(hashes) != len(set(hashes))


def _taken_from_another(material: Material, found: dict[str, list[Credit]]) -> tuple[str, str] | None:
    """An article that credits the outlet of another one consulted, and that one."""
    pairs = ((article_id, other.article_id) for article_id in found for other in material.headers)
    return next(
        (
            (ours, theirs)
            for ours, theirs in pairs
            if ours != theirs and any(_is_own(material, theirs, credit.outlet) for credit in found[ours])
        ),
        None,
    )


def _shared_outlets(found: dict[str, list[Credit]]) -> set[str]:
    """Outlets that at least two articles credit: "nbc" and "nbc news" are one."""
    shared = set()
    rows = list(found.items())
    for place, (_, ours) in enumerate(rows):
        for _, theirs in rows[place + 1 :]:
            shared |= {a.outlet for a in ours for b in theirs if same_outlet(a.outlet, b.outlet)}
    return shared


def same_outlet(ours: str, theirs: str) -> bool:
    shorter, longer = sorted((ours.lower().split(), theirs.lower().split()), key=len)
    return bool(shorter) and longer[: len(shorter)] == shorter


def _say_credits(draft: Draft, article_id: str, rows: list[Credit]) -> None:
    name = draft.label(article_id)
    if not rows:
        draft.say(f"{name} credits no other outlet.")
    for credit in rows[:SHOWN]:
        parse = draft.material.reader.parse([credit.sentence])[0]
        start, end = clause_around(parse, credit.start, credit.end)
        number = draft.cite(article_id, credit.start, credit.end)
        draft.say(f"{name} credits another outlet: {draft.quoted(article_id, start, end)}.", number)
    for credit in rows[SHOWN:]:
        draft.cite(article_id, credit.start, credit.end)


def _flag(draft: Draft, found: dict[str, list[Credit]], shared: set[str]) -> None:
    sides = [
        draft.side(article_id, credit.sentence.start, credit.sentence.end)
        for article_id, rows in found.items()
        for credit in rows
        if not shared or any(same_outlet(credit.outlet, outlet) for outlet in shared)
    ]
    firsts = list({side.article_id: side for side in reversed(sides)}.values())[::-1]
    draft.flag(FlagKind.SECONDHAND, "The facts come through another outlet.", *firsts[:2])

"""Text → claims → hits → frames → the stance of each source → a label. Every source consulted has a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.differing import PairReader
from assistant.errors import NotJudged
from assistant.extract import extract_claims
from assistant.label import label_of, label_of_attributed, reason_of
from assistant.language.reader import LanguageReader
from assistant.language.types import Frame, ParsedSentence, SpeakerKind
from assistant.listener import NOBODY, Listener, WhileWaited
from assistant.types import (
    Claim,
    ClaimError,
    Flag,
    FlagKind,
    FlagSide,
    Scope,
    Stance,
    Verdict,
    VerdictLabel,
    Verification,
    Verifier,
)
from assistant.verifier.checks import check_claim
from assistant.wording.conclude import Judged
from assistant.wording.consulted import Consulted, choose_sources, sentences_for
from assistant.wording.departing import name_departures
from assistant.wording.judge import judge_sources
from assistant.wording.library import Library, open_claim, open_library, read_articles
from assistant.wording.said import Mode, Said, read_said
from assistant.wording.stance import MODEL
from assistant.wording.voices import count_voices, relayed_outlet
from index import Sentence, Sources

TELLS = 0.65  # share of the claim from which a differing source counts as a voice on the matter


def verify_text(
    text: str,
    *,
    sources: Sources,
    reader: LanguageReader,
    verifier: Verifier,
    differing: PairReader,
    scope: Scope,
    listener: Listener = NOBODY,
) -> Verification:
    """All claims of ``text`` in order, each judged against every source consulted. ``differing`` reads in what a source
    departs from a claim.

    Raises UnknownSource or AmbiguousSource for a name in ``scope`` that means no article, and Gone when nobody waits.
    """
    verifier = WhileWaited(verifier, listener)
    claims, unchecked = extract_claims(text, reader)
    verdicts: list[Verdict] = []
    errors: list[ClaimError] = []
    shelf = Shelf(text, sources, reader, scope, listener)
    left_out = shelf.consult(text).left_out
    for claim in claims:
        consulted, library = shelf.open_for(claim.text)
        left_out &= consulted.left_out
        same = next((verdict for verdict in verdicts if verdict.claim.text == claim.text), None)
        try:
            verdict = same or judge_claim(claim, library, sources, reader, verifier, differing)
            verdicts.append(replace(verdict, claim=claim))
        except NotJudged as error:
            errors.append(ClaimError(claim.text, error.message))
    return Verification(tuple(verdicts), tuple(unchecked), tuple(errors), len(left_out))


@dataclass
class Shelf:
    """The articles that each claim of a text is put to; those that are open stay open while claims are put to them."""

    text: str
    sources: Sources
    reader: LanguageReader
    scope: Scope
    listener: Listener = NOBODY
    kept: tuple[Mapping[str, Sequence[Sentence]], Library] | None = None
    asked: dict[str, Consulted] = field(default_factory=dict)

    def consult(self, words: str) -> Consulted:
        """Looked for once: a text is often its one claim. Raises UnknownSource or AmbiguousSource."""
        if words not in self.asked:
            self.asked[words] = choose_sources(words, self.sources, self.scope, nearest=True)
        return self.asked[words]

    def open_for(self, claim: str) -> tuple[Consulted, Library]:
        """Raises UnknownSource, AmbiguousSource or Gone."""
        self.listener.stay()
        consulted = self.consult(claim)
        sentences = sentences_for(claim, consulted, self.sources)
        if self.kept is None or self.kept[0] != sentences:
            read: dict[str, tuple[list[ParsedSentence], list[Frame]]] = {}
            for article_id, rows in sentences.items():  # what was never parsed takes a second of an article
                self.listener.stay()
                read |= read_articles({article_id: rows}, self.reader)
            said = self.reader.parse_text(self.text)
            self.kept = sentences, open_library(consulted.headers, read, said, consulted.many)
        return consulted, self.kept[1]


@dataclass(frozen=True)
class Hearing:
    """One claim as it was put to the sources."""

    claim: Claim
    said: Said | None
    judged: tuple[Judged, ...]

    @property
    def stances(self) -> list[Stance]:
        return [judged.stance.stance for judged in self.judged]

    @property
    def named(self) -> list[Judged]:
        """The sources that the claim is about; all, when it is about none."""
        if self.said is None:
            return list(self.judged)
        return [judged for judged in self.judged if judged.stance.article_id in self.said.article_ids]


def judge_claim(
    claim: Claim,
    library: Library,
    sources: Sources,
    reader: LanguageReader,
    verifier: Verifier,
    differing: PairReader,
) -> Verdict:
    """One claim. Raises NotJudged: also for a claim in another language, though no source comes near it."""
    hearing = hear(claim, library, reader, verifier)
    label = label_for(hearing)
    told = [*flags_about_sources(hearing, label), *collected(name_departures(hearing.judged, differing))]
    flags = [*told, *voice_flags(hearing, label, library, sources)]
    return Verdict(
        claim,
        label,
        confidence_of(hearing, label),
        tuple(each.stance for each in hearing.judged),
        tuple(unique(flags)),
        reason_of(hearing.stances),
    )


def hear(claim: Claim, library: Library, reader: LanguageReader, verifier: Verifier) -> Hearing:
    """The claim put to every article of the library. Raises NotJudged."""
    check_claim(claim.text)
    said = read_said(claim.text, [article.header for article in library.articles])
    side = open_claim(said.rest if said else claim.text, reader, library.names)
    if side is None or not side.items:
        raise NotJudged(f"nothing in {claim.text!r} can be looked up")
    return Hearing(claim, said, tuple(judge_sources(side, library, verifier)))


def label_for(hearing: Hearing) -> VerdictLabel:
    said = hearing.said
    if said is None:
        return label_of(hearing.stances)
    named = [judged.stance.stance for judged in hearing.named]
    if said.mode is Mode.NONE:
        return VerdictLabel.REFUTED if Stance.SUPPORTS in named else VerdictLabel.SUPPORTED
    others = [judged.stance.stance for judged in hearing.judged if judged not in hearing.named]
    if said.mode is Mode.ONLY and Stance.SUPPORTS in others:
        return VerdictLabel.REFUTED
    return label_of_attributed(named)


def flags_about_sources(hearing: Hearing, label: VerdictLabel) -> list[Flag]:
    """A claim about the sources that is false: who does not say it."""
    if hearing.said is None or label is not VerdictLabel.REFUTED:
        return []
    ours = FlagSide(hearing.said.who)
    found = []
    for judged in hearing.named:
        stance = judged.stance
        if stance.stance is Stance.SUPPORTS:
            continue
        shown = (*stance.evidence, *stance.nearest)
        theirs = FlagSide.of(shown[0].span) if shown else None
        verb = "does not say so" if stance.stance is Stance.SILENT else "does not say it in these words"
        found.append(Flag(FlagKind.ATTRIBUTION, f"One of “{hearing.said.who}” {verb}.", ours, theirs))
    return found or [Flag(FlagKind.ATTRIBUTION, "Another source says so too, or one of those named does.", ours)]


def collected(judged: Sequence[Judged]) -> list[Flag]:
    return [flag for each in judged for flag in each.flags]


def voice_flags(hearing: Hearing, label: VerdictLabel, library: Library, sources: Sources) -> list[Flag]:
    """single_source and secondhand: how many independent voices carry it."""
    if len(library.articles) < 2 or hearing.said is not None:
        return []
    speaking = [judged for judged in hearing.judged if judged.stance.stance is not Stance.SILENT]
    supporting = [judged for judged in hearing.judged if judged.stance.stance is Stance.SUPPORTS]
    carrying = supporting or speaking
    if not carrying:
        return []
    found = []
    articles = [sources.article(judged.stance.article_id) for judged in carrying]
    voices = count_voices(carrying, articles, library.names)
    span = carrying[0].stance.evidence[0].span
    alone = all(weakly(judged) for judged in speaking if judged not in carrying)
    told = label is VerdictLabel.SUPPORTED or any(is_unnamed(judged) for judged in carrying)
    if voices == 1 and alone and told and label is not VerdictLabel.REFUTED:
        found.append(Flag(FlagKind.SINGLE_SOURCE, "One voice alone speaks of this.", None, FlagSide.of(span)))
    if supporting and all(relayed_outlet(judged, library.names) for judged in supporting):
        note = "Every source that says so relays somebody else's report."
        found.append(Flag(FlagKind.SECONDHAND, note, None, FlagSide.of(span)))
    return found


def is_unnamed(judged: Judged) -> bool:
    """Does the source rest on one speaker whom it does not name: "an official said"?"""
    spans = {evidence.span for evidence in judged.stance.evidence}
    return any(
        theirs.speaker.kind is SpeakerKind.UNNAMED and theirs.speaker.relayed_by
        for opinion in judged.opinions
        if opinion.evidence.span in spans
        for _, theirs, _ in opinion.alignment.pairs
        if theirs is not None
    )


def weakly(judged: Judged) -> bool:
    """Does the source, though it words something differently, tell little of the matter?"""
    return max((opinion.alignment.coverage for opinion in judged.opinions), default=0.0) < TELLS


def confidence_of(hearing: Hearing, label: VerdictLabel) -> float | None:
    """The probability of the label where the model or the balance decided; None where rules did."""
    stance = {VerdictLabel.SUPPORTED: Stance.SUPPORTS, VerdictLabel.REFUTED: Stance.REFUTES}.get(label)
    found = [likely_of(judged) for judged in hearing.judged if judged.stance.stance is stance]
    by_model = all(j.stance.rule == MODEL for j in hearing.judged if j.stance.stance is not Stance.SILENT)
    return max(found) if found and by_model else None


def likely_of(judged: Judged) -> float:
    """How likely the source's stance, for or against, is."""
    if judged.likely is not None:
        return judged.likely
    supports = judged.stance.stance is Stance.SUPPORTS
    return max(e.entailment if supports else e.contradiction for e in judged.stance.evidence)


def unique(flags: Sequence[Flag]) -> list[Flag]:
    """No flag twice: same kind, same words on both sides."""
    found: dict[tuple[object, ...], Flag] = {}
    for flag in flags:
        theirs = (flag.theirs.article_id, flag.theirs.quote) if flag.theirs else None
        found.setdefault((flag.kind, flag.ours.quote if flag.ours else "", theirs), flag)
    return list(found.values())

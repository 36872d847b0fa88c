"""All sentences of one source → its one stance: the table's, unless the balance of all that was read says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.types import Evidence, Flag, SourceStance, Stance
from assistant.wording.balance import balance_signals, fitted_balance
from assistant.wording.flagging import AGAINST, flags_of, headline_flag
from assistant.wording.matching import Side
from assistant.wording.opinion import Opinion
from assistant.wording.stance import MODEL, Ruling, occurring
from assistant.wording.weigh import may_support

SHOWN = 3  # passages of evidence for one source
NEAREST = 2
OUTWEIGHED = 0.3  # a sentence that much nearer to the claim decides against one that supports
NEARLY_AS_GOOD = 0.2  # coverage behind the best that is still shown
CARRIED = 0.3  # probability from which a sentence carries a stance that the balance finds
OTHERWISE = 0.5  # probability from which a sentence tells the matter otherwise though no row says what differs
NEARLY_AS_SURE = 0.1  # probability behind the surest that is still shown


@dataclass(frozen=True)
class Judged:
    """A source's stance, and the flags it raises with their rows' order kept. ``deciding``: the sentences that make up
    the stance, best first; none for silence. ``likely``: its probability where the balance of all sentences decided."""

    stance: SourceStance
    flags: tuple[Flag, ...]
    opinions: tuple[Opinion, ...]
    deciding: tuple[Opinion, ...] = ()
    likely: float | None = None


@dataclass(frozen=True)
class Conclusion:
    """``deciding``: the sentences that make up the stance, best first; none for silence."""

    stance: Stance
    rule: str
    deciding: tuple[Opinion, ...] = ()
    likely: float | None = None


SILENCE = Conclusion(Stance.SILENT, "")


def conclude(claim: Side, article_id: str, opinions: Sequence[Opinion]) -> Judged:
    """All sentences of one source → its one stance."""
    found = by_balance(opinions, by_table(opinions))
    if found.stance is Stance.SILENT:
        nearest = sorted(opinions, key=lambda o: -o.alignment.coverage)[:NEAREST]
        near = tuple(o.evidence for o in nearest if o.alignment.coverage > 0)
        return Judged(SourceStance(article_id, Stance.SILENT, (), near, found.rule), (), tuple(opinions))
    above = said_above(opinions, found)
    flags = (*flags_of(claim, found.deciding, found.stance), *headline_flags(found, above))
    evidence = tuple(dict.fromkeys(opinion.evidence for opinion in (*found.deciding, *above)))
    source = SourceStance(article_id, found.stance, evidence, (), found.rule)
    return Judged(source, flags, tuple(opinions), found.deciding, found.likely)


def by_table(opinions: Sequence[Opinion]) -> Conclusion:
    """Sentence by sentence: the nearest that speaks decides. The body outweighs the headline."""
    body = decide([opinion for opinion in opinions if not opinion.headline])
    heading = decide([opinion for opinion in opinions if opinion.headline])
    if not body:
        return Conclusion(heading[0].stance, heading[0].rule, tuple(heading)) if heading else SILENCE
    return Conclusion(body[0].stance, body[0].rule, (*body, *heading[:1]))


def said_above(opinions: Sequence[Opinion], found: Conclusion) -> list[Opinion]:
    """The headline that says what the claim says, where the body's sentences make it another stance."""
    if found.stance is Stance.SUPPORTS or found.deciding[0].headline:
        return []
    return [opinion for opinion in opinions if opinion.headline and says_so(opinion)][:1]


def says_so(heading: Opinion) -> bool:
    """By the table, or with the claim's own number and nothing against it: the model misreads clipped words."""
    against = any(row.stance in AGAINST for row, _ in occurring(heading.alignment.relations))
    return heading.stance is Stance.SUPPORTS or (
        heading.alignment.anchored and heading.stance is Stance.SILENT and not against
    )


def headline_flags(found: Conclusion, above: Sequence[Opinion]) -> list[Flag]:
    return [headline_flag(opinion.evidence.span, found.deciding[0].evidence.span) for opinion in above]


def by_balance(opinions: Sequence[Opinion], table: Conclusion) -> Conclusion:
    """The stance that all that was read makes likely, unless the table's word stands or no sentence carries another."""
    balance = fitted_balance()
    weighed = any(opinion.evidence.verifier_id == balance.verifier for opinion in opinions)
    if not weighed or (table.deciding and stands(table.deciding[0])):
        return table
    likely = balance.likelihood(balance_signals(opinions, table.stance, table.rule))
    stance = balance.stance_of(likely)
    if stance in (table.stance, Stance.SILENT):  # a sentence that the table holds to be on the matter is shown
        return table
    deciding = tuple(differing(opinions) if stance is Stance.DIFFERS else carrying(opinions, stance))
    if not deciding:
        return table
    return Conclusion(stance, MODEL, deciding, likely[stance])


def differing(opinions: Sequence[Opinion]) -> list[Opinion]:
    """Of the sentences that the table holds to be on the matter and a row says to differ, the one that tells most; else
    the one that the model surely reads as telling the matter otherwise."""
    body = [opinion for opinion in opinions if not opinion.headline]
    found = [(o, explaining(o, Stance.DIFFERS)) for o in body if o.stance is not Stance.SILENT]
    told = [(opinion, ruling) for opinion, ruling in found if ruling.stance is Stance.DIFFERS]
    told.sort(key=lambda row: -row[0].alignment.coverage)
    read = [opinion for opinion in body if opinion.evidence.differing >= OTHERWISE]
    # A sentence is read between its neighbours: of those nearly as sure the one that has most of the claim is meant.
    read.sort(key=lambda opinion: (-round(opinion.evidence.differing, 1), -opinion.alignment.coverage))
    best = [*told, *((opinion, explaining(opinion, Stance.DIFFERS)) for opinion in read)][:1]
    return [decided(opinion, Stance.DIFFERS, ruling) for opinion, ruling in best]


def decided(opinion: Opinion, stance: Stance, ruling: Ruling) -> Opinion:
    """The same sentence where the balance gives it this stance, with the row that tells why."""
    evidence = replace(opinion.evidence, decided_by=MODEL)
    return replace(opinion, stance=stance, rule=MODEL, ruling=ruling, evidence=evidence)


def stands(opinion: Opinion) -> bool:
    """Where the claim repeats the source's words the slots see every change; a firm row holds by the table alone."""
    by_rule_alone = opinion.rule == f"rule:{opinion.ruling.row.name}"
    return bool(opinion.alignment.repetition) or (by_rule_alone and opinion.ruling.row.firm)


def carrying(opinions: Sequence[Opinion], stance: Stance) -> list[Opinion]:
    """The sentences that make a stance likely, the surest first, each with the row that tells what differs. A headline
    carries it only where nothing of the body was read."""
    body = [opinion for opinion in opinions if not opinion.headline] or opinions
    ranked = sorted(
        [o for o in body if stance is not Stance.SUPPORTS or may_support(o.alignment)],
        key=lambda opinion: -sureness(opinion.evidence, stance),
    )
    least = max(CARRIED, sureness(ranked[0].evidence, stance) - NEARLY_AS_SURE) if ranked else 0.0
    sure = [opinion for opinion in ranked if sureness(opinion.evidence, stance) >= least][:SHOWN]
    return [decided(opinion, stance, explaining(opinion, stance)) for opinion in sure]


def sureness(evidence: Evidence, stance: Stance) -> float:
    return evidence.entailment if stance is Stance.SUPPORTS else evidence.contradiction


def explaining(opinion: Opinion, stance: Stance) -> Ruling:
    """The row that decided for the sentence, if it says what the stance says; else the first that does, or nearly, of
    those that the table could hold against it."""
    if opinion.ruling.stance is stance:
        return opinion.ruling
    alignment = opinion.alignment
    rows = [
        Ruling(row, relation)
        for row, relation in occurring(alignment.relations)
        if row.flag is not None and row.holds(alignment.shares[relation], alignment.anchored)
    ]
    same = [ruling for ruling in rows if ruling.stance is stance]
    near = [ruling for ruling in rows if stance in AGAINST and ruling.stance in AGAINST]
    return ([*same, *near] or [opinion.ruling])[0]


def decide(opinions: Sequence[Opinion]) -> list[Opinion]:
    """The opinions that make up the stance, best first; empty for silence."""
    speaking = sorted((o for o in opinions if o.stance is not Stance.SILENT), key=strength, reverse=True)
    supporting = [o for o in speaking if o.stance is Stance.SUPPORTS]
    if supporting and strength(supporting[0])[0] >= strength(speaking[0])[0] - OUTWEIGHED:
        return near_the_best(supporting)
    if not speaking:
        return []
    refuting = [o for o in speaking if o.stance is Stance.REFUTES]
    if refuting and strength(refuting[0])[0] >= strength(speaking[0])[0] - OUTWEIGHED:
        return near_the_best(refuting)
    return near_the_best([o for o in speaking if o.stance is speaking[0].stance])


def strength(opinion: Opinion) -> tuple[float, int]:
    bonus = 0.3 * bool(opinion.alignment.repetition) + 0.3 * opinion.alignment.anchored
    return opinion.alignment.coverage + bonus, int(opinion.stance is Stance.REFUTES)


def near_the_best(opinions: Sequence[Opinion]) -> list[Opinion]:
    best = opinions[0].alignment.coverage
    return [o for o in opinions if o.alignment.coverage >= best - NEARLY_AS_GOOD][:SHOWN]

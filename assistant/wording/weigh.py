"""What the grounding model adds to the table: it decides what the slots leave open, and never overrides a firm slot.

A row that ``yields`` (a guess that other words mean something else) gives way where the model is sure.

Where a slot speaks of a sentence that carries too little of the claim's words to be held against it, the model's
reading tells whether both are about one matter: then the slot is heard.
"""

from __future__ import annotations

from assistant.language.lexicon.verbs import is_reporting_verb
from assistant.language.modality import denies
from assistant.types import Evidence, Stance
from assistant.wording.align import Alignment
from assistant.wording.amounts import lacks_amount
from assistant.wording.countries import SHORT
from assistant.wording.items import Item, ItemKind
from assistant.wording.matching import Side
from assistant.wording.names import normal
from assistant.wording.relations import NOTHING, Relation, Slot
from assistant.wording.stance import MODEL, Row, Ruling, occurring, row_of, thresholds
from assistant.wording.words import Kin

ELSEWHERE = "matter.elsewhere"
REWORDED = frozenset({"matter.word_changed", "matter.word_added"})  # guesses: no slot knows what the words change
SPOKEN_OF = frozenset({"about", "against", "on", "to", "with", "for", "from", "over"})
UNSAID = {  # what the claim names and the sentence does not: its neighbours may, and the model reads those too
    Slot.QUANTITY: frozenset({"missing", "apart", "vague"}),
    Slot.TIME: frozenset({"added", "unrelated", "changed", "disjoint"}),
}


def weigh(alignment: Alignment, evidence: Evidence) -> tuple[Stance, Ruling, str]:
    """The stance of one sentence, the row behind it, and who decided: a rule, a rule with the model, or the model."""
    read, elsewhere = left_open(alignment, evidence), False
    for row, relation in occurring(alignment.relations):
        alone = row.holds(alignment.shares[relation], alignment.anchored)
        if not (alone or is_heard(row, alignment, evidence)):
            continue
        elsewhere = elsewhere or row.name == ELSEWHERE
        if is_overheard(row, alignment, evidence):
            continue
        ruling, by = Ruling(row, relation), f"rule:{row.name}"
        if ruling.stance in {None, Stance.SILENT} or (elsewhere and ruling.stance is Stance.SUPPORTS):
            break
        unlike = alone and ruling.stance is Stance.DIFFERS and not alignment.anchored
        if unlike and is_other_matter(alignment.shares[relation], evidence):
            return Stance.SILENT, ruling, by
        if alone:
            return Stance(row.stance), ruling, by
        if read[0] is Stance.REFUTES and ruling.stance is Stance.DIFFERS:
            break
        return Stance(row.stance), ruling, f"{by}+{MODEL}"
    return read


def is_heard(row: Row, alignment: Alignment, evidence: Evidence) -> bool:
    """Does the model read the sentence as one about the claim's matter, in the way that the row asks for?"""
    limits = thresholds()
    sure = evidence.entailment >= limits.matter
    if not row.heard or alignment.coverage < (limits.heard_least if sure else limits.denied_least):
        return False
    one_matter = evidence.on_matter >= limits.one_matter
    if row.heard == "against":
        return one_matter and evidence.contradiction >= limits.against
    return sure or (row.heard == "either" and one_matter)


def is_overheard(row: Row, alignment: Alignment, evidence: Evidence) -> bool:
    """Few words in common, yet the model is sure; all words in common, yet it reads the contrary."""
    limits = thresholds()
    if row.name == ELSEWHERE:
        sure = max(evidence.entailment, evidence.contradiction) >= limits.matter
        return sure and alignment.coverage >= limits.refutes_least
    if row.yields and evidence.entailment >= limits.yields:
        return True
    if row.name in REWORDED:
        return evidence.entailment >= limits.reworded
    if row.name == "polarity.flipped" and alignment.repetition is None and not is_denied(alignment):
        return evidence.entailment >= limits.reworded  # a "no" in other words: the model reads the sentence as a whole
    harmless = row.stance == Stance.SUPPORTS and row.name != "matter.verbatim" and not alignment.repetition
    return harmless and evidence.contradiction >= limits.denied


def is_denied(alignment: Alignment) -> bool:
    """The claim's own verb with a "not", or the other way round: "collapsed" / "did not collapse"; or a verb of denying
    above it."""
    denying = {t.text for t in alignment.side.sentence.tokens if denies(t.lemma.lower())}
    return any(
        theirs is not None
        and ours.negated != theirs.negated
        and (theirs.negation_text in denying or (match is not None and match.kin is Kin.SAME))
        for ours, theirs, match in alignment.pairs
    )


def is_other_matter(share: float, evidence: Evidence) -> bool:
    limits = thresholds()
    most = max(evidence.entailment, evidence.contradiction, evidence.differing)
    return most < limits.other_matter and share < limits.carried_alone


def left_open(alignment: Alignment, evidence: Evidence) -> tuple[Stance, Ruling, str]:
    """No slot speaks: a name that the source does not have here, else what the model reads."""
    limits = thresholds()
    rival = other_agent(alignment)
    if rival is not None and evidence.entailment >= limits.matter:
        return rival
    if evidence.entailment >= limits.sure and may_support(alignment):
        return Stance.SUPPORTS, alignment.ruling, MODEL
    strange = strange_names(alignment)
    unsaid = row_of(Slot.SCOPE, "added")
    if strange and unsaid and evidence.entailment >= limits.matter and alignment.coverage >= limits.heard_least:
        relation = Relation(Slot.SCOPE, "added", strange[0].words, NOTHING)
        return Stance.DIFFERS, Ruling(unsaid, relation), f"rule:{unsaid.name}+{MODEL}"
    stance = read(alignment, evidence)
    silent = alignment.ruling.stance is Stance.SILENT and stance is Stance.SILENT
    return stance, alignment.ruling, f"rule:{alignment.ruling.row.name}" if silent else MODEL


def other_agent(alignment: Alignment) -> tuple[Stance, Ruling, str] | None:
    """Whoever acts in the claim is only spoken of in the sentence ("about Lund"), in which somebody else acts."""
    row, side = row_of(Slot.ROLES, "other_agent"), alignment.side
    tokens = side.sentence.tokens
    actors = [i for i in side.items if i.kind is ItemKind.NAME and i.person and tokens[i.last].dep == "nsubj"]
    for match in alignment.matching.matches:
        ours, theirs = match.ours, match.theirs
        if ours.kind is not ItemKind.NAME or theirs is None or match.context or not alignment.acts(ours) or row is None:
            continue
        token = tokens[theirs.last]
        spoken_of = token.dep == "pobj" and tokens[token.head].text.lower() in SPOKEN_OF
        rivals = [actor for actor in actors if actor.key != ours.key]
        if spoken_of and rivals and all(actor.key != ours.key for actor in actors):
            relation = Relation(Slot.ROLES, "other_agent", ours.words, rivals[0].words)
            return Stance(row.stance), Ruling(row, relation), f"rule:{row.name}+{MODEL}"
    return None


def read(alignment: Alignment, evidence: Evidence) -> Stance:
    """No slot speaks: entailed, contradicted, or neither."""
    limits = thresholds()
    sure = evidence.entailment + alignment.coverage / 2 >= limits.with_coverage
    unsaid = any(r.relation in UNSAID.get(r.slot, ()) for r in alignment.relations)
    carried = evidence.entailment >= limits.entailment and sure and not unsaid
    if carried and not strange_names(alignment) and not is_other_amount(alignment):
        return Stance.SUPPORTS
    denied = (
        evidence.contradiction + alignment.coverage / 4 >= limits.contradiction
        and evidence.contradiction >= limits.flat
    )
    close = alignment.coverage >= limits.refutes_least and shares_a_word(alignment)
    if denied and close and not is_told_by_others(alignment):
        return Stance.REFUTES
    return Stance.SILENT


def shares_a_word(alignment: Alignment) -> bool:
    """A word of the claim stands in the sentence itself: of two matters with a number each the model reads a denial."""
    return any(m.kin >= Kin.SYNONYM and not m.context and not m.far for m in alignment.matching.matches)


def is_told_by_others(alignment: Alignment) -> bool:
    """What somebody else says does not contradict that the claim's speaker said so."""
    tokens = alignment.claim.sentence.tokens
    if not any(token.head == place and is_reporting_verb(token.lemma.lower()) for place, token in enumerate(tokens)):
        return False
    return any(r.slot is Slot.SPEAKER and r.relation in {"own_voice", "unnamed", "other"} for r in alignment.relations)


def strange_names(alignment: Alignment) -> list[Item]:
    """Names in the claim that the sentence and what stands around it do not have: what the article names elsewhere is
    understood here, but not who acts."""
    known = alignment.side.known
    names = [item for item in alignment.matching.unmatched if item.kind is ItemKind.NAME]
    nouns = {token.lemma.lower() for token in alignment.side.sentence.tokens if token.pos == "NOUN"}
    return [
        item
        for item in names
        if (item.key not in known or alignment.acts(item) or item.text.lower().rpartition(" ")[2] in nouns)
        and not is_spelt(item, alignment.side)
    ]


def may_support(alignment: Alignment) -> bool:
    """Not where words of the claim are moved about, or its amount is another: the model reads neither for sure."""
    return not moves_words(alignment) and not is_other_amount(alignment)


def is_other_amount(alignment: Alignment) -> bool:
    return lacks_amount(alignment.claim.quantities, alignment.side.quantities)


def moves_words(alignment: Alignment) -> bool:
    """Does the claim name a speaker whom the sentence does not have? The model alone moves nobody's words."""
    tokens = alignment.claim.sentence.tokens
    return any(
        tokens[item.last].dep == "nsubj" and is_reporting_verb(tokens[tokens[item.last].head].lemma.lower())
        for item in strange_names(alignment)
    )


def is_spelt(name: Item, side: Side) -> bool:
    """Do the words of the name stand in the sentence, whatever the parser took them for? "US" is "United States"."""
    said, wanted = (f" {' '.join(spelt(word) for word in text.split())} " for text in (side.sentence.text, name.text))
    return wanted in said


def spelt(word: str) -> str:
    plain = normal(word.strip("“”\"'‘’(),;:.!?"))
    return SHORT.get(plain, plain)

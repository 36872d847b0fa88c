"""Kinds of verbs that matter to reporting, by WordNet 3.1's supersenses and its tree of requests."""

from __future__ import annotations

from functools import cache, lru_cache

from assistant.language.lexicon.wordlist import WORDS_KEPT, word_set
from assistant.language.lexicon.wordnet import ancestors, entry, supersense, supersense_of, supersenses, uses

SPEECH = frozenset({"verb.communication", "verb.cognition"})


@cache
def sense_of(*lemmas: str, part: str = "v") -> int:
    """The first synset that all the lemmas share: names a synset without its number. Raises LookupError."""
    shared = [
        sense
        for sense, _ in entry(lemmas[0], part).senses
        if all(any(sense == other for other, _ in entry(lemma, part).senses) for lemma in lemmas[1:])
    ]
    if not shared:
        raise LookupError(f"no synset holds all of {lemmas}")
    return shared[0]


@lru_cache(maxsize=WORDS_KEPT)
def is_reporting_verb(lemma: str) -> bool:
    """Can a that-clause under this verb be somebody's words or belief: say, maintain, warn, believe, note …"""
    if not lemma or lemma in FACTIVE:
        return False
    senses = entry(lemma, "v").senses
    total = sum(count for _, count in senses)
    return any(
        supersense_of(sense, "v") in SPEECH and (place < 2 or count >= max(1, 0.05 * total) or total == 0)
        for place, (sense, count) in enumerate(senses[:8])
    )


@lru_cache(maxsize=WORDS_KEPT)
def is_mainly_reporting(lemma: str) -> bool:
    """Is it a verb of saying or thinking in a main sense: needs no "that" to report a clause."""
    return lemma not in FACTIVE and bool(set(supersenses(lemma, "v")) & SPEECH)


# What follows these is taken for true by whoever writes the sentence, not put in the subject's mouth:
# factives and semifactives after P. and C. Kiparsky, *Fact* (1970), and J. Hooper, *On assertive predicates* (1975),
# with the verbs of perception and of bringing about.
FACTIVE = word_set(
    "know realize realise notice remember forget regret discover recognize see hear feel sense mean prove make let "
    "ensure catch understand learn matter cause help"
)


@lru_cache(maxsize=WORDS_KEPT)
def is_speech_verb(lemma: str) -> bool:
    """Is it above all a verb of speaking or writing: say, tell, report, claim; not believe or find."""
    return "verb.communication" in supersenses(lemma, "v")


@lru_cache(maxsize=WORDS_KEPT)
def request_strength(lemma: str) -> int:
    """0: not a request · 1: ask, request, appeal · 2: urge, press, call for · 3: demand, insist, order · 4 is unused.

    From WordNet's tree: hyponyms of *request* ask; those of *demand* and *order* demand; those of *urge* urge;
    those of *plead* and *beg* ask too (how humbly is a matter of wording, not of strength).
    """
    senses = entry(lemma, "v").main_senses
    for strength, roots in ((3, DEMANDS), (2, URGES), (1, REQUESTS)):
        for sense in senses:
            up = ancestors(sense, "v")
            if any(sense_of(*root) in up for root in roots):
                return strength
    return 0


@lru_cache(maxsize=WORDS_KEPT)
def asks_first(lemma: str) -> bool:
    """Is asking the verb's commonest sense: ask, demand, urge; not claim or assert."""
    senses = entry(lemma, "v").senses[:1]
    roots = {sense_of(*root) for root in (*DEMANDS, *URGES, *REQUESTS)}
    return any(roots & set(ancestors(sense, "v")) for sense, _ in senses)


@lru_cache(maxsize=WORDS_KEPT)
def only_requests(lemma: str) -> bool:
    """Has the verb no other main sense: demand, ask, urge; not suggest or insist, which also state."""
    roots = {sense_of(*root) for root in (*DEMANDS, *URGES, *REQUESTS)}
    senses = entry(lemma, "v").main_senses
    return bool(senses) and all(roots & set(ancestors(sense, "v")) for sense in senses)


DEMANDS = (("demand",), ("order", "enjoin"), ("insist", "take_a_firm_stand"), ("command", "require"))
URGES = (("urge", "exhort"), ("urge", "advocate"))
REQUESTS = (("request", "ask_for"), ("appeal", "invoke"), ("propose", "suggest"))
WISHES = (("want", "desire"), ("wish",), ("prefer",))


@lru_cache(maxsize=WORDS_KEPT)
def is_wish(lemma: str) -> bool:
    """want, wish, desire, crave …"""
    return any(sense_of(*root) in ancestors(sense, "v") for sense in entry(lemma, "v").main_senses for root in WISHES)


@lru_cache(maxsize=WORDS_KEPT)
def verb_of(noun: str) -> str:
    """The verb that a noun of action comes from: "approval" → "approve"; "" when there is none."""
    kinds = {supersense_of(sense, "n") for sense, _ in entry(noun, "n").senses}
    made = noun.endswith(SUFFIXES) and bool(kinds & (ACTION | RESULTS))
    converted = uses(noun, "v") > 0 and bool(kinds & ACTION)
    if supersense(noun) not in ACTION and not made and not converted:
        return ""
    verbs = [lemma for part, lemma in entry(noun, "n").derived if part == "v" and "_" not in lemma]
    if not verbs:
        return ""
    return max(verbs, key=lambda verb: (shared_prefix(verb, noun), frequency(verb), verb))


def shared_prefix(left: str, right: str) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def frequency(verb: str) -> int:
    return uses(verb, "v")


@lru_cache(maxsize=WORDS_KEPT)
def is_denial(lemma: str) -> bool:
    """deny, dispute, contradict, refute …: what they report is said not to be so."""
    roots = {
        sense_of("deny"),
        sense_of("contradict", "contravene"),
        sense_of("dispute", "challenge"),
        sense_of("refute", "rebut"),
    }
    return any(sense in roots or roots & set(ancestors(sense, "v")) for sense in entry(lemma, "v").main_senses)


# Suffixes that make nouns of verbs after Quirk et al. (1985), appendix I.37.
SUFFIXES = ("tion", "sion", "ment", "al", "ance", "ence", "ing", "ure")
RESULTS = frozenset({"noun.cognition", "noun.state", "noun.possession"})
ACTION = frozenset({"noun.act", "noun.communication", "noun.event", "noun.process"})


@lru_cache(maxsize=WORDS_KEPT)
def is_request_noun(noun: str) -> bool:
    """demand, request, condition, proposal, requirement, ultimatum …: what follows it is asked for, not done."""
    senses = entry(noun, "n").main_senses
    if any(any(root in ancestors(sense, "n") for root in request_nouns()) for sense in senses):
        return True
    verb = verb_of(noun)
    return bool(verb) and request_strength(verb) > 0


@lru_cache(maxsize=WORDS_KEPT)
def is_asking_noun(noun: str) -> bool:
    """As ``is_request_noun``, in any sense: before a list, "conditions" are terms, not circumstances."""
    return any(set(request_nouns()) & ancestors(sense, "n").keys() for sense, _ in entry(noun, "n").senses)


@cache
def request_nouns() -> frozenset[int]:
    roots = (
        ("request", "petition"),
        ("demand",),
        ("condition", "stipulation"),
        ("requirement", "demand"),
        ("proposal",),
    )
    return frozenset(sense_of(*root, part="n") for root in roots)

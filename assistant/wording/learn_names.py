"""The names of the texts at hand and what they stand for: short forms, initials, spellings, offices.

Aliases are learnt from these texts and from WordNet's demonyms; nothing is looked up elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from assistant.language.lexicon.outlets import is_outlet_word
from assistant.language.lexicon.wordnet import is_common_word
from assistant.language.types import ParsedSentence, Token
from assistant.wording.countries import country_of
from assistant.wording.names import LONGEST, SMALL, Mention, Names, find_mentions, normal
from assistant.wording.strength import words as words_of
from assistant.wording.words import common_prefix, means_person

ALIKE = 85  # per cent of letters that two spellings of one person's name share


def learn_names(sentences: Iterable[ParsedSentence]) -> Names:
    """Aliases from all ``sentences`` together: articles and claim."""
    sentences = list(sentences)
    mentions: dict[str, tuple[str, str]] = {}  # normal form → label, text
    names = Names()
    names.compounds = find_compounds(sentences, names)
    offices: list[tuple[str, str, str]] = []
    called: list[tuple[str, set[str]]] = []
    for sentence in sentences:
        found = find_mentions(sentence.tokens, names.compounds)
        for mention in found:
            plain = normal(mention.text)
            label = mention.label if sentence.article_id else ""  # a claim is too short to label names by
            if label or plain not in mentions:
                mentions[plain] = (label, mention.text)
            if mention.title and mention.label == "PERSON":
                offices.append((mention.title, mention.title_of, plain))
            if sentence.article_id:
                called.append((plain, descriptions(sentence.tokens, mention)))
        learn_acronyms(sentence, found, names)
    join_short_forms(mentions, names)
    join_spellings([form for form, (label, _) in mentions.items() if label == "PERSON"], names)
    for title, owner, plain in offices:
        names.offices[title, owner].add(names.key(plain))
    for plain, nouns in called:
        names.roles[names.key(plain)] |= nouns
    names.people = {names.key(plain) for plain, (label, _) in mentions.items() if label == "PERSON"}
    return names


def descriptions(tokens: Sequence[Token], mention: Mention) -> set[str]:
    """Nouns that the sentence calls the named one by: titles before it, appositions, "X is the chairman". What these
    belong to comes with them ("the company's lawyer": whoever speaks for it), but no other person ("Lee's lawyer")."""
    found: set[str] = set()
    place = mention.first - 1
    while place >= 0 and tokens[place].pos in {"NOUN", "PROPN", "ADJ"} and tokens[place].entity != "PERSON":
        found |= {tokens[place].lemma.lower(), tokens[place].text.lower()}
        place -= 1
    name = tokens[mention.last]
    heads = [p for p, token in enumerate(tokens) if token.dep == "appos" and token.head == mention.last]
    heads += [name.head] if name.dep == "appos" else []
    if name.dep == "nsubj" and tokens[name.head].lemma == "be":
        heads += [p for p, token in enumerate(tokens) if token.dep == "attr" and token.head == name.head]
    for head in heads:
        found |= {tokens[head].lemma.lower(), tokens[head].text.lower()}
        found |= {lemma for lemma in owners(tokens, head, mention) if not means_person(lemma)}
    return found


def owners(tokens: Sequence[Token], head: int, mention: Mention) -> set[str]:
    """Nouns below ``head`` within two steps, the mention itself left aside."""
    near = {p for p, t in enumerate(tokens) if t.head == head and t.dep in {"poss", "compound", "nmod", "prep"}}
    below = near | {p for p, token in enumerate(tokens) if token.head in near and token.dep in {"pobj", "compound"}}
    return {tokens[p].lemma.lower() for p in below if p < mention.first or p > mention.last if tokens[p].pos != "ADP"}


def find_compounds(sentences: Sequence[ParsedSentence], names: Names) -> frozenset[str]:
    """Names with "and", "of" and the like inside, whose initials stand as a word somewhere: learnt as aliases."""
    initials = {
        token.text.replace(".", "").lower()
        for sentence in sentences
        for token in sentence.tokens
        if token.text.isupper() and 3 <= len(token.text) <= 7
    }
    found: set[str] = set()
    for sentence in sentences:
        for words in capitalised_runs(sentence.tokens):
            for first in range(len(words)):
                for last in range(first + 2, len(words)):
                    run = words[first : last + 1]
                    short = "".join(word[0] for word in run if word.lower() not in SMALL).lower()
                    if short in initials and run[0].lower() not in SMALL and run[-1].lower() not in SMALL:
                        long = normal(" ".join(run))
                        found.add(long)
                        names.keys[short] = long
    return frozenset(found)


def capitalised_runs(tokens: Sequence[Token]) -> list[list[str]]:
    """Stretches of capitalised words with small words between them."""
    runs: list[list[str]] = [[]]
    for token in tokens:
        if token.text[:1].isupper() or (runs[-1] and token.text in SMALL):
            runs[-1].append(token.text)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if 3 <= len(run) <= 2 * LONGEST]


def join_spellings(people: Sequence[str], names: Names) -> None:
    """Two spellings of one person: "adel abdul mahdi" / "adil abdul mahdi"."""
    full = [form for form in sorted(people) if " " in form]
    for place, form in enumerate(full):
        for other in full[place + 1 :]:
            same_length = len(form.split()) == len(other.split())
            if same_length and form.split()[-1] == other.split()[-1] and fuzz.ratio(form, other) >= ALIKE:
                names.keys[other] = names.keys.get(form, form)


def learn_acronyms(sentence: ParsedSentence, found: Sequence[Mention], names: Names) -> None:
    """ "Ministry of Fish (MOF)": what stands in brackets behind a name is its short form."""
    tokens = sentence.tokens
    for mention in found:
        after = mention.last + 1
        if after + 2 < len(tokens) and tokens[after].text == "(" and tokens[after + 2].text == ")":
            short = tokens[after + 1].text
            if short.isupper() and len(short) > 1:
                names.keys[normal(short)] = normal(mention.text)


def join_short_forms(mentions: dict[str, tuple[str, str]], names: Names) -> None:
    forms = sorted(mentions, key=lambda form: (-len(form.split()), form))
    for form in forms:
        if form in names.keys or country_of(form):
            continue
        longer = [other for other in forms if other != form and is_short_form(form, other, mentions)]
        longest = [other for other in longer if not any(is_short_form(other, more, mentions) for more in longer)]
        names.keys[form] = longest[0] if len(longest) == 1 else form
    for form, target in list(names.keys.items()):
        names.keys[form] = names.keys.get(target, target)


def is_short_form(short: str, long: str, mentions: dict[str, tuple[str, str]]) -> bool:
    """ "lund" of "maria lund", "nbc" of "nbc news", "who" of "world health organization"."""
    words, more = short.split(), long.split()
    if len(words) >= len(more):
        return False
    short_label, long_label = mentions.get(short, ("", short))[0], mentions.get(long, ("", long))[0]
    if (
        len(words) == 1
        and short.isalpha()
        and 2 <= len(short) <= 6
        and mentions.get(short, ("", ""))[1].replace(".", "").isupper()
    ):
        initials = "".join(word[0] for word in more if word not in SMALL)
        if initials == short:
            return True
    if country_of(short) or (short_label in {"GPE", "NORP", "LOC"} and long_label != "PERSON"):
        return False  # a last name that the parser takes for a place is a last name all the same
    if long_label == "PERSON":
        if len(words) > 1 and (words[0], words[-1]) == (more[0], more[-1]):
            return True  # without the middle name
        return more[-len(words) :] == words or (len(words) == 1 and len(more) > 2 and words[0] in more[1:])
    if country_of(" ".join(more[: -len(words)])):
        return more[-len(words) :] == words  # "Congress" / "US Congress"
    if len(words) == 1 and is_outlet_word(short) and more[-1:] == words:
        return True  # "the Times" / "New York Times"
    if len(words) == 1 and more[-1:] == ["party"] and len(more) == 2:
        return common_prefix(short, more[0]) >= max(5, len(more[0]) - 2)  # "Democrats", "Conservatives"
    if short_label == "PERSON" and not long_label and len(words) == 1 and more[-1:] == words:
        return True  # the claim alone gives the first name
    rest = more[len(words) :]
    if short_label != "PERSON" and more[: len(words)] == words and not is_common_word(words[0]):
        return True
    return short_label != "PERSON" and more[: len(words)] == words and all(word in words_of("bodies") for word in rest)

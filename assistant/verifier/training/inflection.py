"""Verb and noun forms of the words that the edits put in. Only what those lists need."""

from __future__ import annotations

IRREGULAR = {  # lemma → past, participle
    "begin": ("began", "begun"),
    "forbid": ("forbade", "forbidden"),
    "leave": ("left", "left"),
    "lose": ("lost", "lost"),
    "speed": ("sped", "sped"),
    "win": ("won", "won"),
    "withhold": ("withheld", "withheld"),
}
DOUBLED = frozenset(("ban", "begin", "forbid", "plan", "stop", "win"))
PLURALS = {"foot": "feet", "inch": "inches", "century": "centuries", "yen": "yen"}


def inflected(word: str, tag: str) -> str:
    """``word`` in the form of the Penn tag.

    >>> inflected("deny", "VBD"), inflected("ban", "VBG"), inflected("century", "NNS")
    ('denied', 'banning', 'centuries')
    """
    if tag == "NNS":
        return PLURALS.get(word, word + "s")
    if tag == "VBZ":
        return word[:-1] + "ies" if ends_in_y(word) else word + ("es" if word.endswith(("s", "sh", "ch", "x")) else "s")
    stem = word + word[-1] if word in DOUBLED else word
    if tag == "VBG":
        return (word[:-1] if word.endswith("e") and not word.endswith("ee") else stem) + "ing"
    if tag in ("VBD", "VBN"):
        if word in IRREGULAR:
            return IRREGULAR[word][tag == "VBN"]
        if ends_in_y(word):
            return word[:-1] + "ied"
        return word + "d" if word.endswith("e") else stem + "ed"
    return word


def ends_in_y(word: str) -> bool:
    return word.endswith("y") and word[-2] not in "aeiou"

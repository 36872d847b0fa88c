"""How a line opens: a dateline ("LIMA, Peru (AP) —") or a transcript's label ("SMITH:"). The parser is spared both."""

from __future__ import annotations

import re

from assistant.language.lexicon.wordnet import is_common_word

PLACE = r"[A-Z][A-Z.'’-]+(?:[ ][A-Z][A-Z.'’-]+){0,3}(?:,[ ][A-Z][\w.]+(?:[ ][A-Z][\w.]+)?)?"
AGENCY = r"\([A-Z][\w .&/-]{1,30}\)"
DATELINE = re.compile(
    rf"(?:{PLACE}[ ]*(?:,[ ]*[A-Z][a-z]{{2,8}}\.?[ ]\d{{1,2}}[ ]*)?(?:{AGENCY}[ ]*)?|{AGENCY}[ ]*)"
    rf"(?:—|–|--?)[ ]*(?=[\"“‘'A-Z0-9])"
)
CAPTION = re.compile(
    r"FILE\s?(?:PHOTO)?\s?[-–—:]\s?(?:In this [^.]{3,60}?,? file (?:photo|image|frame)[^,]{0,40}, )?(?=[A-Z])"
)
SHOUTED = re.compile(r"(?P<name>[A-Z][A-Z.'’-]+(?:[ ][A-Z][A-Z.'’-]*){0,4})(?:,[ ][^:\n]{2,60})?:\s+(?=\S)")
WRITTEN = re.compile(r"(?P<name>[A-Z][\w.'’-]+(?:[ ][A-Z][\w.'’-]+){0,3}):\s+(?=[\"“‘'A-Z])")
NO_NAMES = re.compile(
    r"(?:update|breaking|watch|read|more|note|photo|file|video|image|caption|exclusive|correction|q|a)s?\b", re.I
)


def dateline_end(text: str) -> int:
    """Where the sentence proper begins; 0 without a dateline or a picture caption's opening."""
    match = DATELINE.match(text) or CAPTION.match(text)
    return match.end() if match else 0


def label_of(text: str) -> tuple[int, int] | None:
    """The speaker's name at the start of a transcript's line, offsets in the text; None for any other line."""
    for pattern in (SHOUTED, WRITTEN):
        match = pattern.match(text)
        if match and is_label(match["name"]):
            return match.start("name"), match.end("name")
    return None


def is_label(name: str) -> bool:
    """A name and no heading: at least one word is not in the dictionary, and none is a desk's own label."""
    if NO_NAMES.match(name):
        return False
    return any(not is_common_word(word.lower().strip(".,'’")) for word in name.split())


def opening_end(text: str) -> int:
    """How many characters the parser need not see."""
    label = label_of(text)
    if label is not None:
        colon = text.index(":", label[1])
        return colon + 1 + len(text[colon + 1 :]) - len(text[colon + 1 :].lstrip())
    return dateline_end(text)

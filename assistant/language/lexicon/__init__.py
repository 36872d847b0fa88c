"""General lexicons with named, independent origins; see ``data/ORIGINS.md``. Everything is loaded at first use."""

from assistant.language.lexicon.meaning import (
    antonyms,
    base,
    derived,
    family,
    hypernym_path,
    is_kind_of,
    opposite,
    same_meaning,
    similar,
    synonyms,
)
from assistant.language.lexicon.outlets import is_outlet_name, is_outlet_noun
from assistant.language.lexicon.people import is_person_noun
from assistant.language.lexicon.places import place_of
from assistant.language.lexicon.valence import valence
from assistant.language.lexicon.verbs import (
    is_reporting_verb,
    is_request_noun,
    is_wish,
    request_strength,
    verb_of,
)
from assistant.language.lexicon.wordnet import supersense, supersenses

__all__ = [
    "antonyms",
    "base",
    "derived",
    "family",
    "hypernym_path",
    "is_kind_of",
    "is_outlet_name",
    "is_outlet_noun",
    "is_person_noun",
    "is_reporting_verb",
    "is_request_noun",
    "is_wish",
    "opposite",
    "place_of",
    "request_strength",
    "same_meaning",
    "similar",
    "supersense",
    "supersenses",
    "synonyms",
    "valence",
    "verb_of",
]

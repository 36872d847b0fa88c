"""Is a name or noun a news outlet? By the shape of outlet names and WordNet 3.1's tree of press and broadcasting.

Agencies and broadcasters without such a word in their name are listed from the members of the European Alliance of
News Agencies, of the European Broadcasting Union and the US networks named by the Federal Communications Commission.
"""

from __future__ import annotations

from functools import lru_cache

from assistant.language.lexicon.wordlist import WORDS_KEPT, word_set

LAST_WORDS = word_set(
    "news times post journal herald tribune gazette guardian observer telegraph chronicle examiner "
    "inquirer dispatch courier sentinel standard register globe star sun mirror express independent press "
    "record bulletin ledger review magazine newspaper daily weekly today tv radio channel network "
    "broadcasting media monitor digest mail insider reporter wire agency"
)
KNOWN = frozenset(
    "reuters ap afp upi ansa efe dpa tass interfax xinhua kyodo yonhap anadolu belga ritzau ntb tt apa stt pap "
    "associated|press agence|france-presse bloomberg bbc cnn nbc abc cbs pbs npr cnbc msnbc c-span fox itv sky cbc "
    "rte nhk zdf ard rai rtve nos svt yle axios politico vox slate salon newsweek time the|economist economist forbes "
    "hill atlantic verge intercept "
    "al|jazeera npr buzzfeed breitbart propublica der|spiegel le|monde el|país el|pais".replace("|", "_").split()
)
NOUNS = word_set(
    "outlet newspaper paper magazine broadcaster network station website tabloid daily weekly journal publication"
)
AGENCIES = word_set("agency press network media wire radio channel record today")


@lru_cache(maxsize=WORDS_KEPT)
def is_outlet_name(name: str) -> bool:
    """``name``: lower case, as in Phrase.head."""
    words = name.replace("'s", "").split()
    if not words:
        return False
    if "_".join(words) in KNOWN or (words[0] in KNOWN and len(words) <= 2):
        return True
    last = words[-1]
    if last in AGENCIES:
        return len(words) >= 2 and ("press" in words or "news" in words or last in {"radio", "media", "today", "wire"})
    return last in LAST_WORDS and len(words) >= 2


def is_outlet_noun(lemma: str) -> bool:
    """ "the outlet", "the newspaper"."""
    return lemma in NOUNS


def is_outlet_word(name: str) -> bool:
    """One word that ends outlets' names and, after "the" and before or after a verb of saying, is one by itself."""
    return name in LAST_WORDS and name not in AGENCIES

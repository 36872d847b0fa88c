"""Words that carry modality and polarity.

Closed classes of English grammar: central modals and semi-auxiliaries after Quirk et al., *A Comprehensive Grammar of
the English Language* (1985), §3.39–3.47; negative implicatives after Karttunen, *Implicative verbs* (1971).
"""

from __future__ import annotations

from assistant.language.lexicon.wordlist import by_word, word_set
from assistant.language.types import Modality

MODALS = by_word(
    {
        Modality.FUTURE: "will 'll wo shall",
        Modality.CONDITIONAL: "would 'd",
        Modality.POSSIBLE: "may might could can ca",
        Modality.OBLIGED: "must should ought need",
    }
)
CARRIERS = by_word(
    {
        Modality.EXPECTED: "expect anticipate plan intend hope likely poise prefer mean project forecast predict",
        Modality.FUTURE: "set schedule due slate about go bind certain sure vow pledge promise",
        Modality.WILLING: "willing ready prepared prepare open eager offer agree",
        Modality.POSSIBLE: "able allow threaten consider",
        Modality.OBLIGED: "have need require oblige force ought",
        Modality.ATTEMPTED: "try attempt seek aim struggle strive effort bid",
        Modality.REPORTED: "allege rumor accuse suspect believe say report think appear seem",
        Modality.WANTED: "want",
    }
)
# Nouns whose infinitive tells what may come of them (Schmid, *English Abstract Nouns as Conceptual Shells*, 2000).
SHELLS = by_word(
    {
        Modality.EXPECTED: "plan intention intent aim goal promise pledge vow commitment proposal agreement deal",
        Modality.POSSIBLE: "threat power right ability chance opportunity option authority freedom permission capacity "
        "capability potential possibility temptation readiness willingness case",
        Modality.WANTED: "call demand request appeal wish desire need obligation duty urge pressure invitation",
        Modality.ATTEMPTED: "attempt effort bid move push campaign struggle fight drive",
    }
)
# Nouns whose that-clause nobody vouches for: "rumours that he fled" (Schmid's mental and linguistic shells).
HEARSAY = word_set(
    "rumor rumour claim allegation accusation speculation suggestion notion idea theory fear hope possibility "
    "likelihood chance doubt belief suspicion concern prospect"
)
IMPROBABLE = word_set("unlikely improbable false untrue impossible implausible")
REFUSALS = word_set("refusal failure inability reluctance unwillingness")
LIGHT = word_set(
    "expect likely poise set schedule due slate about go bind certain sure willing ready prepared prepare "
    "open eager able have need suppose appear seem unable unwilling unlikely fail allege rumor believe "
    "say report think ought"
)  # no frame of their own when they govern an infinitive: "is willing to help" is one frame, help
NEGATIVE = word_set("fail refuse decline avoid neglect unable unwilling unlikely reluctant cease forget")
HINDERING = word_set("prevent stop bar ban block keep prohibit refrain deter discourage dissuade hinder")  # with "from"
ADVERBS = by_word(
    {
        Modality.REPORTED: "reportedly allegedly apparently supposedly purportedly",
        Modality.EXPECTED: "likely probably",
        Modality.POSSIBLE: "possibly perhaps maybe potentially",
    }
)
NEGATORS = word_set("not n't never neither nor no without hardly barely scarcely nobody nothing none")

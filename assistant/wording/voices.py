"""How many independent voices carry a claim: copies count once, and so do relays of one outlet's report."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.types import SpeakerKind
from assistant.provenance import voices
from assistant.types import Stance
from assistant.wording.conclude import Judged
from assistant.wording.names import Names
from index import Article


def relayed_outlet(judged: Judged, names: Names) -> str:
    """The outlet whose report a source's evidence relays throughout; "" when it says anything itself."""
    spans = {evidence.span for evidence in judged.stance.evidence}
    outlets = set()
    for opinion in judged.opinions:
        if opinion.evidence.span not in spans:
            continue
        for _, theirs, _ in opinion.alignment.pairs:
            if theirs is not None:
                speaker = theirs.speaker
                outlets.add(speaker.name if speaker.kind is SpeakerKind.OUTLET else speaker.relayed_by)
    return names.key(next(iter(outlets))) if len(outlets) == 1 and all(outlets) else ""


def count_voices(carrying: Sequence[Judged], articles: Sequence[Article], names: Names) -> int:
    """Independent voices among the sources that carry a claim; ``articles`` are those sources' articles."""
    group = {article_id: voice.article_ids[0] for voice in voices(articles) for article_id in voice.article_ids}
    return len(
        {
            (judged.stance.stance is Stance.SUPPORTS and relayed_outlet(judged, names))
            or group[judged.stance.article_id]
            for judged in carrying
        }
    )

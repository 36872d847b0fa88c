"""Hard sentences → the frame that a careful reader would write down."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.language.reader import LanguageReader
from assistant.language.types import Frame

TABLE: list[tuple[str, str, dict[str, Any]]] = [
    # floods, fires, accidents
    ("The flood destroyed at least 400 homes in Kerala on Friday.", "destroy",
     {"subject": "flood", "object": "home", "low": 400, "high": None, "counted": "at least 400 homes in Kerala",
      "time": "weekday:friday"}),
    ("At least 40 miners trapped in the shaft were rescued by volunteers.", "rescue",
     {"subject": "volunteer", "object": "miner", "counted": "At least 40 miners trapped in the shaft"}),
    ("Firefighters failed to contain the blaze.", "contain",
     {"subject": "firefighter", "object": "blaze", "negated": True, "negation_text": "failed to"}),
    ("Nobody was hurt in the fire.", "hurt", {"negated": True, "negation_text": "Nobody"}),
    ("The dam did not burst, engineers said.", "burst", {"negated": True, "speaker": ("unnamed", "engineers")}),
    ("Up to 300 people may have died.", "die", {"modality": "possible", "low": None, "high": 300}),
    ("A record 45,000 hectares burned in July alone.", "burn", {"record": True, "time": "month:7"}),
    ("Without rain, the reservoir will run dry by May.", "run", {"modality": "future", "negated": False}),
    # elections and parliaments
    ("The senate approved a plan to send $3 billion to coastal states.", "send",
     {"recipient": "state", "low": 3e9, "unit": "usd"}),
    ("The senate approved a plan to send $3 billion to coastal states.", "approve",
     {"subject": "senate", "object": "plan"}),
    ("Turnout is expected to fall below 40 percent.", "fall",
     {"modality": "expected", "modality_text": "is expected to"}),
    ("Norland's prime minister would prefer that the opposition win the vote.", "prefer", {"modality": "conditional"}),
    ("The party will not back the bill.", "back", {"modality": "future", "negated": True, "object": "bill"}),
    ("The president is set to sign the law later this week.", "sign",
     {"modality": "future", "time": "relative:week:0:later", "object": "law"}),
    ("Lawmakers must decide by Monday.", "decide", {"modality": "obliged"}),
    ("The minister refused to resign.", "resign", {"negated": True, "subject": "minister"}),
    ("The governor vetoed the bill, which would have raised taxes by 3 percent.", "raise",
     {"subject": "bill", "object": "tax", "modality": "conditional", "low": 3}),
    ("The council voted 5-4 to close the library.", "vote", {"unit": "score"}),
    ("Reportedly, the treasurer quit on Sunday.", "quit", {"modality": "reported"}),
    ("Did the treasurer quit?", "quit", {"modality": "questioned"}),
    ("If the strike ends, trains will run.", "end", {"modality": "conditional"}),
    # strikes and unions: requests
    ("The union demands that the company raise wages by 10 percent.", "raise",
     {"modality": "wanted", "requester": "union", "request_verb": "demand", "subject": "company", "object": "wage"}),
    ("Nurses called on Friday for the ministry to approve a pay rise.", "approve",
     {"modality": "wanted", "requester": "nurse", "request_verb": "call", "subject": "ministry"}),
    ("The mayor asked residents to boil their water.", "boil",
     {"modality": "wanted", "requester": "mayor", "request_verb": "ask", "subject": "resident", "object": "water"}),
    ("Teachers want the state to hire 2,000 assistants.", "hire",
     {"modality": "wanted", "requester": "teacher", "subject": "state", "counted": "2,000 assistants"}),
    ("Residents were urged to leave their homes.", "leave",
     {"modality": "wanted", "requester": None, "subject": "resident"}),
    ("Residents were urged by the sheriff to leave.", "leave", {"modality": "wanted", "requester": "sheriff"}),
    ("The farmers begged the bank to wait.", "wait",
     {"modality": "wanted", "request_verb": "beg", "requester": "farmer"}),
    ("The firm is willing to pay half of the costs.", "pay", {"modality": "willing", "modality_text": "is willing to"}),
    ("The firm is not willing to pay.", "pay", {"modality": "willing", "negated": True}),
    ("The airline plans to cut 300 jobs.", "cut", {"modality": "expected", "counted": "300 jobs"}),
    ("Rebels tried to seize the port.", "seize", {"modality": "attempted", "object": "port"}),
    ("The clubs agreed to a ceasefire in addition to freeing prisoners, opening roads and giving at least 30 families "
     "the right to return.", "give", {"recipient": "family", "object": "right", "low": 30}),
    ("The clubs agreed to a ceasefire in addition to freeing prisoners, opening roads and giving at least 30 families "
     "the right to return.", "open", {"object": "road"}),
    # mergers and money
    ("Reuters reported on Monday that Acme would buy Globex for $2bn.", "buy",
     {"subject": "acme", "object": "globex", "speaker": ("outlet", "reuters"), "low": 2e9}),
    ("Globex was bought by Acme for between $1.5 billion and $2 billion.", "buy",
     {"subject": "acme", "object": "globex", "low": 1.5e9, "high": 2e9}),
    ("Acme denied that it had cooked its books.", "cook",
     {"negated": True, "speaker": ("named", "acme"), "speaker_verb": "deny"}),
    ("Profits rose 12 percent, according to a new report from Bloomberg.", "rise",
     {"speaker": ("outlet", "bloomberg"), "low": 12}),
    ("Prices fell sharply, per Reuters.", "fall", {"speaker": ("outlet", "reuters")}),
    ("Boeing grounded 171 of its 737 MAX jets.", "ground", {"low": 171}),
    # courts and police
    ("The judge sentenced Pavel Novak to 10 years in prison.", "sentence",
     {"object": "pavel novak", "duration": "duration:year:10"}),
    ("Two suspected smugglers were arrested.", "arrest", {"object": "smuggler", "modifier": "suspected", "low": 2}),
    ("The court granted some 3,000 tenants living in the building the right to stay.", "grant",
     {"recipient": "tenant", "object": "right", "counted": "some 3,000 tenants living in the building"}),
    ("The 34-year-old driver was charged on Jan. 5.", "charge", {"unit": "year of age", "time": "01-05"}),
    ("Police arrested 12 people, including two teenagers.", "arrest", {"low": 12, "counted": "12 people"}),
    # health and science
    ("One in five patients relapsed within a year.", "relapse", {"low": 20, "unit": "percent"}),
    ("The vaccine prevented the virus from spreading.", "spread", {"negated": True}),
    ("Doctors warned that up to 30% of patients may die.", "die",
     {"modality": "possible", "speaker": ("unnamed", "doctors"), "high": 30, "counted": "patients"}),
    ("The drug is safe, the agency's director, Rosa Meyer, told the Guardian.", "be",
     {"complement": "safe", "speaker": ("named", "rosa meyer"), "relayed_by": "guardian"}),
    ("Hospitals need the state to act.", "act", {"modality": "obliged", "subject": "state"}),
    # sports
    ("The visitors won 3-1 after extra time.", "win", {"unit": "score", "subject": "visitor"}),
    ("Her coach said that she would not run in Paris.", "run", {"negated": True, "modality": "conditional"}),
    # speech
    ('"We will not back down," union leader Maria Lopez said.', "back_down",
     {"quoted": True, "speaker": ("named", "maria lopez"), "negated": True}),
    ('"Too many died," tweeted Senator Bo Lind.', "die", {"quoted": True, "speaker": ("named", "bo lind")}),
    ("Rain, forecasters say, will last until Sunday.", "last",
     {"speaker": ("unnamed", "forecasters"), "modality": "future"}),
    ("The minister, who has repeatedly maintained that the bridge is safe, visited it, the Daily Courier reports.",
     "be", {"speaker": ("unnamed", "minister"), "complement": "safe", "relayed_by": "daily courier"}),
    ("Two officials told the Daily Courier that the bridge was closed.", "be",
     {"complement": "closed", "speaker": ("unnamed", "two officials"), "relayed_by": "daily courier"}),
    ("It is said that the duke owes millions.", "owe", {"speaker": ("unnamed", "")}),
    ("The farm, he said, was sold.", "sell", {"speaker_text": "he"}),
    ("Experts believe that prices will fall.", "fall", {"speaker": ("unnamed", "experts"), "modality": "future"}),
    ("According to the ministry, 14 bridges collapsed and two more were closed.", "collapse",
     {"speaker": ("unnamed", "ministry"), "counted": "14 bridges"}),
    ("LIMA, Peru (AP) — Protesters blocked roads on Tuesday.", "block", {"subject": "protester", "own": True}),
    ("SMITHERS: We will sell the plant.", "sell", {"speaker": ("named", "smithers"), "modality": "future"}),
    ("GOVERNOR SIGNS RELIEF BILL AFTER DEADLY STORM HITS COAST", "sign", {"subject": "governor", "object": "bill"}),
    ("Governor Vetoes Flood Relief Bill", "veto", {"subject": "governor", "object": "bill"}),
    # things are not always verbs
    ("Approval for a plan to send $5 billion to coastal states", "approve", {"object": "plan"}),
    ("The miners demanded an investigation of the accident.", "investigate",
     {"modality": "wanted", "requester": "miner", "object": "accident"}),
    ("The president put an end to the strike.", "end", {"subject": "president", "object": "strike"}),
    ("The court did not grant approval for the merger.", "approve",
     {"subject": "court", "object": "merger", "negated": True}),
    ("Mogens Lykke described the deal as a betrayal.", "describe", {"object": "deal", "complement": "betrayal"}),
    ("Kang Jong-ho won the race.", "win", {"subject": "kang jong-ho"}),
    ("The rules bar airlines from charging passengers.", "charge", {"subject": "airline", "negated": True}),
    # copulas and complements
    ("The area is safe.", "be", {"complement": "safe"}),
    ("Norland is the largest exporter of tin.", "be", {"complement": "exporter", "subject": "norland"}),
]  # fmt: skip


def observed(frame: Frame, wanted: dict[str, Any]) -> dict[str, Any]:
    """The frame's values for exactly the things asked after."""
    quantity = frame.quantities[0] if frame.quantities else None
    calendar = [time.key for time in frame.times if time.kind != "duration"]
    durations = [time.key for time in frame.times if time.kind == "duration"]
    speaker: tuple[str, str | None] = (frame.speaker.kind.value, frame.speaker.name)
    if "speaker" in wanted and wanted["speaker"][1] is None:
        speaker = (speaker[0], None)
    values: dict[str, Any] = {
        "subject": frame.subject.head if frame.subject else None,
        "object": frame.object.head if frame.object else None,
        "recipient": frame.recipient.head if frame.recipient else None,
        "requester": frame.requester.head if frame.requester else None,
        "modifier": wanted.get("modifier")
        if frame.object and wanted.get("modifier") in frame.object.modifiers
        else None,
        "low": quantity.low if quantity else None,
        "high": quantity.high if quantity else None,
        "unit": quantity.unit if quantity else None,
        "record": quantity.record if quantity else None,
        "counted": quantity.counted.text if quantity and quantity.counted else None,
        "time": calendar[0] if calendar else None,
        "duration": durations[0] if durations else None,
        "speaker": speaker,
        "speaker_verb": frame.speaker.verb,
        "speaker_text": frame.speaker.text,
        "relayed_by": frame.speaker.relayed_by,
        "own": frame.speaker.kind.value == "own_voice",
        "modality": frame.modality.value,
    }
    return {name: values.get(name, getattr(frame, name, None)) for name in wanted}


@pytest.mark.parametrize(("text", "predicate", "wanted"), TABLE, ids=[f"{row[1]}: {row[0][:50]}" for row in TABLE])
def test_a_hard_sentence_gives_the_right_frame(
    text: str, predicate: str, wanted: dict[str, Any], language: LanguageReader
) -> None:
    frames = [frame for frame in language.frames_of_text(text) if frame.predicate == predicate]
    assert frames, [frame.predicate for frame in language.frames_of_text(text)]
    assert observed(frames[0], wanted) == wanted

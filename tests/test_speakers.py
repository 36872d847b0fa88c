"""Who says it: within a sentence, over a quotation, down a list; and where attribution stops."""

from __future__ import annotations

from assistant.language.reader import LanguageReader
from assistant.language.types import Frame, Modality, SpeakerKind
from index import SectionKind, Sentence


def article(*lines: str) -> list[Sentence]:
    """One sentence a line; "- " marks a list item, an empty line a new paragraph, "# " the headline."""
    sentences = []
    place, paragraph = 0, 0
    for line in lines:
        if not line:
            paragraph += 1
            continue
        bullet, headline = line.startswith("- "), line.startswith("# ")
        text = line[2:] if bullet or headline else line
        section = SectionKind.HEADLINE if headline else SectionKind.BODY
        sentences.append(Sentence("article", place, place + len(text), text, section, paragraph, bullet))
        place += len(text) + 1
    return sentences


def find(frames: list[Frame], predicate: str) -> Frame:
    return next(frame for frame in frames if frame.predicate == predicate)


def test_attribution_does_not_reach_over_a_full_stop(language: LanguageReader) -> None:
    frames = language.frames(article("The plant will close, the company said.", "It employs 300 people."))
    assert find(frames, "close").speaker.name == "company"
    assert find(frames, "employ").speaker.kind is SpeakerKind.OWN_VOICE


def test_a_quotation_over_three_sentences_has_one_speaker(language: LanguageReader) -> None:
    frames = language.frames(
        article(
            "“The river rose overnight.", "We lost the barn.", "Help never came,” farmer Ana Ruiz said.", "Rain fell."
        )
    )
    assert [find(frames, verb).speaker.name for verb in ("rise", "lose", "come")] == ["ana ruiz"] * 3
    assert all(find(frames, verb).quoted for verb in ("rise", "lose", "come"))
    assert find(frames, "fall").speaker.kind is SpeakerKind.OWN_VOICE


def test_a_quotation_that_never_closes_claims_nothing_beyond_its_paragraph(language: LanguageReader) -> None:
    frames = language.frames(article("Ruiz said: “The river rose.", "", "The mayor visited the town."))
    assert find(frames, "visit").speaker.kind is SpeakerKind.OWN_VOICE
    assert not find(frames, "visit").quoted


def test_a_second_quotation_in_the_paragraph_goes_on_with_the_same_speaker(language: LanguageReader) -> None:
    frames = language.frames(article('"We won," coach Lena Holm said.', '"The crowd helped us."', "", '"Others lost."'))
    assert find(frames, "help").speaker.name == "lena holm"
    assert find(frames, "lose").speaker.kind is SpeakerKind.OWN_VOICE


def test_list_items_inherit_requester_and_speaker_from_their_lead_in(language: LanguageReader) -> None:
    frames = language.frames(
        article(
            "On Monday, the Miners' Union laid out its demands:",
            "- State approval for a fund to pay $2 million to widows",
            "- Reopen the clinic",
            "- Give at least 900 workers living in barracks the right to move",
            "",
            "The mine closed in 2019.",
        )
    )
    for verb in ("approve", "reopen", "give"):
        frame = find(frames, verb)
        assert frame.modality is Modality.WANTED
        assert frame.requester is not None
        assert "union" in frame.requester.text.lower()
        assert frame.bullet
    assert find(frames, "live").modality is Modality.FACT
    assert find(frames, "close").requester is None
    counted = find(frames, "give").quantities[0].counted
    assert counted is not None
    assert counted.text == "at least 900 workers living in barracks"


def test_list_items_under_plain_facts_are_the_articles_own(language: LanguageReader) -> None:
    frames = language.frames(article("Three roads are closed:", "- The coast road collapsed", "- The bridge burned"))
    assert find(frames, "collapse").speaker.kind is SpeakerKind.OWN_VOICE
    assert find(frames, "collapse").requester is None


def test_the_outlet_behind_an_official_is_kept(language: LanguageReader) -> None:
    frames = language.frames(article("A senior official told the Daily Courier that talks had stalled."))
    speaker = find(frames, "stall").speaker
    assert (speaker.kind, speaker.relayed_by) == (SpeakerKind.UNNAMED, "daily courier")


def test_a_named_speaker_inside_an_outlets_report_keeps_both(language: LanguageReader) -> None:
    frames = language.frames(article("Minister Ola Berg said that the dam is safe, according to Reuters."))
    speaker = find(frames, "be").speaker
    assert (speaker.name, speaker.relayed_by) == ("ola berg", "reuters")


def test_he_means_the_one_person_named_before(language: LanguageReader) -> None:
    frames = language.frames(article("Ola Berg runs the ministry.", "He said the dam was inspected."))
    assert find(frames, "inspect").speaker.name == "ola berg"
    assert find(frames, "inspect").speaker.text == "He"


def test_he_in_a_sentence_with_another_person_is_left_open(language: LanguageReader) -> None:
    frames = language.frames(article("Ola Berg runs the ministry.", "The mayor said that he would resign."))
    assert subject(frames, "resign") == "he"


def test_people_named_inside_a_quotation_are_not_its_speaker(language: LanguageReader) -> None:
    frames = language.frames(article("“I believe Ola Berg.", "It is our duty,” she said.", "", "The dam holds."))
    speaker = next(frame.speaker for frame in frames if frame.predicate == "be")
    assert (speaker.kind, speaker.text) == (SpeakerKind.UNNAMED, "she")


def test_a_quoted_he_is_left_to_its_speaker(language: LanguageReader) -> None:
    frames = language.frames(article("Ola Berg praised the engineer.", '"He saved us," Berg said.'))
    assert subject(frames, "save") == "he"


def test_one_person_is_not_both_he_and_she(language: LanguageReader) -> None:
    frames = language.frames(article("Kim Lund won.", "He cheered.", "", "Kim Lund rested.", "She slept."))
    assert [subject(frames, verb) for verb in ("cheer", "sleep")] == ["he", "she"]


def test_he_stays_open_where_two_people_are_in_play(language: LanguageReader) -> None:
    frames = language.frames(
        article("The quarrel between Ola Berg and Paul Dahl grew.", "He said the dam was inspected.")
    )
    assert find(frames, "inspect").speaker.kind is SpeakerKind.UNNAMED


def subject(frames: list[Frame], predicate: str) -> str:
    phrase = find(frames, predicate).subject
    return phrase.head if phrase else ""


def test_an_office_leads_to_its_one_holder(language: LanguageReader) -> None:
    frames = language.frames(
        article(
            "Norlandic President Ana Ruiz visited the port.",
            "The Norlandic president signed a treaty.",
            "",
            "The president said the port would grow.",
            "The Estlandic president stayed away.",
            "A president rarely walks.",
        )
    )
    assert find(frames, "grow").speaker.name == "ana ruiz"
    assert [subject(frames, verb) for verb in ("sign", "stay", "walk")] == ["ana ruiz", "president", "president"]


def test_a_bare_office_stays_open_when_two_people_held_it(language: LanguageReader) -> None:
    frames = language.frames(article("President Ana Ruiz met President Bo Lind.", "The president signed a treaty."))
    assert subject(frames, "sign") == "president"


def test_an_accusation_is_the_accusers_word(language: LanguageReader) -> None:
    frames = language.frames(article("The union accused Acme of hiding its losses."))
    hiding = find(frames, "hide")
    assert subject(frames, "hide") == "acme"
    assert (hiding.modality, hiding.speaker.name) == (Modality.REPORTED, "union")


def test_a_denial_is_the_deniers_word_and_negated(language: LanguageReader) -> None:
    frames = language.frames(article("Acme denied hiding its losses."))
    hiding = find(frames, "hide")
    assert (hiding.negated, hiding.speaker.name, hiding.speaker.verb) == (True, "acme", "deny")


def test_a_question_put_is_no_request(language: LanguageReader) -> None:
    frames = language.frames(article("The reporter asked whether the firm would pay."))
    assert find(frames, "pay").modality is Modality.QUESTIONED
    assert find(frames, "pay").requester is None


def test_short_names_and_initials_lead_to_the_full_name(language: LanguageReader) -> None:
    frames = language.frames(
        article(
            "President Ana Beatriz Ruiz Ortega (ABRO) visited the port.",
            "Ruiz Ortega signed a treaty.",
            "ABRO praised the sailors.",
        )
    )
    names = {frame.subject.head for frame in frames if frame.subject and frame.predicate in {"visit", "sign", "praise"}}
    assert names == {"ana beatriz ruiz ortega"}


def test_words_in_single_marks_are_quoted_and_apostrophes_are_not(language: LanguageReader) -> None:
    frames = language.frames(
        article("The mayor said the 'bridge is sound' and didn't close it.", "It's the town's road.")
    )
    assert find(frames, "close").negated
    assert not any(frame.quoted for frame in frames if frame.sentence_start > 0)


def test_loaded_words_count_in_the_articles_own_voice_only(language: LanguageReader) -> None:
    own = language.frames(article("A tidal wave of tourists ruined the horrible beach."))
    quoted = language.frames(article('"The horrible beach is closed," the mayor said.'))
    assert any(frame.evaluative for frame in own)
    assert not any(frame.evaluative for frame in quoted)


def test_plain_bad_news_is_not_evaluative(language: LanguageReader) -> None:
    frames = language.frames(article("The crisis killed 40 people and destroyed illegal buildings."))
    assert not any(frame.evaluative for frame in frames)

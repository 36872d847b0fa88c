"""Of many articles the sentences that share words with a claim are read, with what stands before them."""

from __future__ import annotations

from assistant.wording.near import NEAR, OF_EACH, nearest
from index import SectionKind, Sentence


def article(article_id: str, *texts: str) -> list[Sentence]:
    sections = [SectionKind.HEADLINE] + [SectionKind.BODY] * (len(texts) - 1)
    return [
        Sentence(article_id, 1000 * place, 1000 * place + len(text), text, section, place)
        for place, (text, section) in enumerate(zip(texts, sections, strict=True))
    ]


def test_the_sentence_that_shares_words_comes_with_the_one_before_it_and_the_headline() -> None:
    rows = article("a", "Weir shut", "It rained.", "Mora Lind spoke.", "She shut the weir at noon.", "Sheep grazed.")
    kept = nearest(["The weir was shut at noon."], {"a": rows})["a"]
    assert [sentence.text for sentence in kept] == ["Weir shut", "Mora Lind spoke.", "She shut the weir at noon."]


def test_every_article_that_shares_a_word_is_heard_however_many_there_are() -> None:
    rows = {f"{k}": article(f"{k}", "News", *["The weir was shut at noon."] * 5) for k in range(NEAR + 10)}
    kept = nearest(["The weir was shut at noon."], rows)
    assert all(sum("weir" in sentence.text for sentence in sentences) >= OF_EACH for sentences in kept.values())


def test_each_sentence_of_a_text_finds_its_own() -> None:
    rows = {f"{k}": article(f"{k}", "News", *[f"The weir {k} was shut."] * 9) for k in range(NEAR)}
    rows["last"] = article("last", "News", "Sheep grazed on the moor.")
    kept = nearest(["The weir was shut.", "Sheep were on the moor."], rows)
    assert [sentence.text for sentence in kept["last"]] == ["News", "Sheep grazed on the moor."]


def test_a_sentence_that_shares_only_what_every_sentence_has_is_not_read() -> None:
    rows = {f"{k}": article(f"{k}", "News", "It rained.", "The sheep of the moor grazed.") for k in range(9)}
    rows["weir"] = article("weir", "News", "It rained.", "Mora Lind shut the weir of Tarn at noon.")
    kept = nearest(["Mora Lind shut the weir of Tarn at noon."], rows)
    assert [sentence.text for sentence in kept["0"]] == ["News"]
    assert len(kept["weir"]) == 3

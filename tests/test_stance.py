import pytest

from assistant.types import FlagKind, Stance
from assistant.wording.relations import Relation, Slot, Words
from assistant.wording.stance import flagged, row_of, rule, table, thresholds

OURS, THEIRS = Words("ours", 1, 5), Words("theirs", 11, 17)


def relation(slot: Slot, name: str) -> Relation:
    return Relation(slot, name, OURS, THEIRS, "detail")


COVERED = relation(Slot.MATTER, "covered")


def full(_: Relation) -> float:
    return 1.0


@pytest.mark.parametrize(
    ("slot", "name", "stance", "flag"),
    [
        (Slot.QUANTITY, "disjoint", Stance.REFUTES, FlagKind.QUANTITY),
        (Slot.TIME, "disjoint", Stance.REFUTES, FlagKind.TIME),
        (Slot.POLARITY, "flipped", Stance.REFUTES, FlagKind.NEGATION),
        (Slot.SPEAKER, "other", Stance.REFUTES, FlagKind.ATTRIBUTION),
        (Slot.SPEAKER, "unnamed", Stance.DIFFERS, FlagKind.ATTRIBUTION),
        (Slot.QUANTITY, "overlap", Stance.DIFFERS, FlagKind.QUALIFIER),
        (Slot.QUANTITY, "dropped", Stance.SUPPORTS, FlagKind.QUALIFIER),
        (Slot.MODALITY, "stronger", Stance.DIFFERS, FlagKind.MODALITY),
        (Slot.GROUP, "other_head", Stance.DIFFERS, FlagKind.WORDING),
        (Slot.GROUP, "status_added", Stance.DIFFERS, FlagKind.WORDING),
        (Slot.GROUP, "status_dropped", Stance.DIFFERS, FlagKind.WORDING),
        (Slot.GROUP, "modifier_dropped", Stance.SUPPORTS, FlagKind.WORDING),
        (Slot.SCOPE, "other", Stance.DIFFERS, FlagKind.SCOPE),
        (Slot.EXTENT, "added", Stance.DIFFERS, FlagKind.OVERREACH),
        (Slot.VOICE, "opinion", Stance.DIFFERS, FlagKind.OPINION),
        (Slot.SECTION, "headline_only", Stance.DIFFERS, FlagKind.HEADLINE_BODY),
    ],
)
def test_each_row_of_the_design_has_its_stance_and_its_flag(
    slot: Slot, name: str, stance: Stance, flag: FlagKind
) -> None:
    ruling = rule([relation(slot, name), COVERED], full, False)
    assert (ruling.stance, ruling.row.flag) == (stance, flag)


def test_a_covered_claim_without_any_difference_is_supported() -> None:
    assert rule([COVERED], full, False).stance is Stance.SUPPORTS


def test_a_sentence_about_something_else_is_silent_whatever_its_numbers() -> None:
    elsewhere = [relation(Slot.QUANTITY, "disjoint"), relation(Slot.MATTER, "elsewhere")]
    assert rule(elsewhere, full, False).stance is Stance.SILENT


def test_the_model_decides_only_what_the_slots_leave_open() -> None:
    assert rule([relation(Slot.MATTER, "partly")], full, False).stance is None
    assert (
        rule([relation(Slot.MATTER, "partly"), relation(Slot.QUANTITY, "disjoint")], full, False).stance
        is Stance.REFUTES
    )


def test_a_difference_in_a_sentence_that_carries_little_of_the_claim_does_not_count() -> None:
    found = rule([relation(Slot.POLARITY, "flipped"), relation(Slot.MATTER, "partly")], lambda _: 0.2, False)
    assert found.stance is None


def test_refuting_rows_come_before_differing_ones_and_those_before_supporting_ones() -> None:
    order = [
        row.stance
        for row in table()
        if row.slot is not Slot.MATTER and row.name not in ("quantity.missing", "roles.swapped")
    ]
    assert order == sorted(order, key=["refutes", "differs", "supports"].index)


def test_names_of_rows_are_unique_and_every_flag_has_a_note() -> None:
    assert len({row.name for row in table()}) == len(table())
    assert all(row.note for row in table() if row.flag)


def test_a_note_quotes_both_sides() -> None:
    row = row_of(Slot.QUANTITY, "disjoint")
    assert row is not None
    assert (
        row.note_of(relation(Slot.QUANTITY, "disjoint"))
        == "The number differs: the source has “theirs”, the claim “ours”."
    )


def test_flagged_relations_keep_the_order_of_the_table() -> None:
    found = flagged([relation(Slot.QUANTITY, "dropped"), relation(Slot.QUANTITY, "disjoint")])
    assert [row.name for row, _ in found] == ["quantity.disjoint", "quantity.dropped"]


def test_beside_the_same_telling_number_less_of_the_claim_need_be_carried() -> None:
    relations = [relation(Slot.EXTENT, "added"), relation(Slot.MATTER, "partly")]
    assert rule(relations, lambda _: 0.4, True).stance is Stance.DIFFERS
    assert rule(relations, lambda _: 0.4, False).stance is None


def test_the_model_must_be_surer_where_fewer_words_are_shared() -> None:
    limits = thresholds()
    assert limits.entailment < limits.with_coverage < 1.5
    assert limits.flat < limits.contradiction < 1.25

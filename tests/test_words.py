import pytest

from assistant.wording.words import Kin, are_opposite, kin, means_person


@pytest.mark.parametrize(
    ("ours", "part", "theirs", "their_part", "expected"),
    [
        ("farmer", "n", "farmer", "n", Kin.SAME),
        ("approve", "v", "approval", "n", Kin.DERIVED),
        ("buy", "v", "purchase", "v", Kin.SYNONYM),
        ("nation", "n", "country", "n", Kin.SYNONYM),
        ("soar", "v", "rise", "v", Kin.SYNONYM),
        ("people", "n", "farmer", "n", Kin.BROADER),
        ("worker", "n", "employee", "n", Kin.BROADER),
        ("murder", "v", "kill", "v", Kin.NARROWER),
        ("rise", "v", "plunge", "v", Kin.OPPOSITE),
        ("approve", "v", "reject", "v", Kin.OPPOSITE),
        ("rejection", "n", "approve", "v", Kin.OPPOSITE),
        ("legal", "a", "illegal", "a", Kin.OPPOSITE),
        ("teacher", "n", "teach", "v", Kin.RELATED),
        ("farmer", "n", "harbour", "n", Kin.NONE),
        ("zorblat", "n", "farmer", "n", Kin.NONE),
    ],
)
def test_what_one_word_is_to_another(ours: str, part: str, theirs: str, their_part: str, expected: Kin) -> None:
    assert kin(ours, part, theirs, their_part) is expected


def test_a_prefix_makes_no_opposite_of_a_noun() -> None:
    assert not are_opposite("migrant", "n", "immigrant", "n")


def test_people_are_persons_and_harbours_are_not() -> None:
    assert means_person("people")
    assert means_person("farmer")
    assert not means_person("harbour")

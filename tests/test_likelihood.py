"""Weighing of candidates: each sign that a finder can give is of a family."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import assistant.wording.likelihood
from assistant.wording.likelihood import FAMILY

WORDING = Path(assistant.wording.likelihood.__file__).parent
VERBS = ("verb", "verb_kin", "verb_ladder", "verb_saying", "verb_asking")
SORTS = ("judging", "hedging", "extent")
# Signs that are put together, by their code. A new one fails here until it is written down.
BUILT = {
    "f'filler_{role_name(name)}'": ("filler_subject", "filler_oblique"),
    "f'gap_{sorts[0]}'": ("gap_noun", "gap_adjective", "gap_adverb"),
    "f'gap_{found.sign}'": tuple(f"gap_{verb}" for verb in VERBS),
    "kind_of_modifiers(left, mine, right, yours, pair)": (
        "modifier",
        "modifiers",
        "modifier_status",
        *(f"{both}_{sort}" for both in ("modifier", "modifiers") for sort in SORTS),
    ),
}


def given(function: ast.FunctionDef) -> Iterator[str]:
    """The signs of all candidates that ``function`` makes."""
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Candidate":
            yield from values(call.args[1], function)


def values(node: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    if ast.unparse(node) in BUILT:
        yield from BUILT[ast.unparse(node)]
    elif isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from values(node.body, function)
        yield from values(node.orelse, function)
    elif isinstance(node, ast.Tuple):  # (kind, sign)
        yield from values(node.elts[1], function)
    elif isinstance(node, ast.Name):
        made = [part for part in ast.walk(function) if isinstance(part, ast.Assign)]
        named = [
            part for part in made if node.id in {n.id for n in ast.walk(part.targets[0]) if isinstance(n, ast.Name)}
        ]
        assert named, f"{function.name}: where does {node.id} come from?"
        for part in named:
            yield from values(part.value, function)
    else:
        raise AssertionError(f"{function.name}: which signs is {ast.unparse(node)}?")


def test_every_sign_that_a_finder_can_give_has_a_family() -> None:
    functions = [
        node
        for path in WORDING.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    signs = {sign for function in functions for sign in given(function)}
    assert len(signs) > 30
    assert signs - FAMILY.keys() == set()
    assert FAMILY.keys() - signs == set()

"""What ``eval.bench_serve`` measured, as a table for docs/operations.md. Rows that were not measured are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def markdown(found: Mapping[str, Any]) -> str:
    """One row for each figure that issue and docs name, beside what is wanted of it."""
    head = f"{found['articles']:,} articles, {found['cores']} cores, load {found['load']} before"
    return "\n".join([f"| {head} | measured | wanted |", "| --- | --- | --- |", *_rows(found)]) + "\n"


def _rows(found: Mapping[str, Any]) -> Iterator[str]:
    if "ask" in found:
        ask = found["ask"]
        yield f"| a question, {ask['n']} of them | {_spread(ask)} | 150 ms, p95 400 ms |"
    if "verify" in found:
        verify = found["verify"]
        yield f"| one claim verified, {verify['n']} of them | {_spread(verify)} | 400 ms |"
    if "clients" in found:
        clients = found["clients"]
        yield f"| {clients['clients']} clients at once, {clients['n']} questions | p95 {clients['p95_s']:.1f} s | 4 s |"
        yield f"| the slowest client's mean to the fastest's | {clients['slowest_to_fastest']} | 2 |"
        yield f"| `/healthz` meanwhile, at worst | {_ms(clients['healthz_slowest_s'])} | answers |"
    if "index_while_serving" in found:
        fresh = found["index_while_serving"]
        took = f"after `claimdesk index` ended (it took {fresh['command_s']:.1f} s)"
        yield f"| a new article is answered from, {took} | {fresh['answerable_after_s']:.2f} s | 2 s |"
    if "memory" in found:
        grown = found["memory"]
        sizes = list(grown["megabytes"].values())
        told = f"{sizes[1]} MB after a tenth, {sizes[-1]} MB at the end"
        yield f"| memory over {grown['requests']:,} questions | {told} | flat |"


def _spread(spread: Mapping[str, float]) -> str:
    return (
        f"p50 {_ms(spread['p50_s'])}, p95 {_ms(spread['p95_s'])}, {_ms(spread['processor_s'])} of processor time each"
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"

"""The collection, for people: progress and summary of indexing, the list of articles, one article, a diagnosis."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from assistant.render import parts
from assistant.render.console import NARROW, console
from assistant.render.escape import one_line, visible
from index import Article, ArticleHeader, Change, Diagnosis, IndexReport, Revision, Section
from index import Progress as Stand

UNCUT = 10_000  # columns


class _Rate(ProgressColumn):
    """Articles a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f} articles/s" if task.speed else "", style="quiet")


@contextmanager
def progress(*, hidden: bool) -> Iterator[Callable[[Stand], None]]:
    """A bar on stderr with articles a second and the time left; the yielded function moves it."""
    shown = console(stderr=True)
    columns = (
        TextColumn("Indexing"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=shown, disable=hidden or not shown.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=None)

        def advance(stand: Stand) -> None:
            bar.update(task, completed=stand.read, total=stand.total)

        yield advance


def show_report(shown: Console, report: IndexReport, *, quiet: bool) -> None:
    """What came of indexing: the counts, then each failure with its reason."""
    counts = {"added": report.added, "updated": report.updated, "unchanged": report.unchanged}
    counts |= {"removed": report.removed} if report.removed else {}
    told = ", ".join(f"{number} {word}" for word, number in counts.items())
    failed = f", {len(report.failed)} failed" if report.failed else ""
    shown.print(Text.assemble((told, "good" if not report.failed else ""), (failed, "bad")))
    for failure in report.failed:
        line = Text.assemble((visible(failure.source), "name"), ": ", visible(failure.error))
        shown.print(parts.indented(line, 2))
    for note in report.notes:
        shown.print(parts.indented(Text(visible(note), "quiet"), 2))
    if report.stopped:
        shown.print(
            Text("Stopped before the end; what is counted here can be searched. Run it again for the rest.", "mixed")
        )
    if not quiet and (report.added or report.updated):
        shown.print(Text(f'{report.passages} passages. Next: claimdesk ask "…", or claimdesk verify "…"', "quiet"))


def show_sources(shown: Console, headers: Sequence[ArticleHeader]) -> None:
    """One row an article, in order of entry."""
    if not headers:
        shown.print(Text("No articles yet. Next: claimdesk index FOLDER", "quiet"))
        return
    # In a pipe nothing is cut, unless the reader gave a width: who cuts columns or looks for a name needs all of it.
    whole = not shown.is_terminal and "COLUMNS" not in os.environ
    if whole:
        shown.width = UNCUT
    elif shown.width < NARROW:
        for header in headers:
            line = Text.assemble((header.article_id[:8], "name"), " ", parts.short_name(header.source))
            shown.print(line)
            if header.headline:
                shown.print(parts.indented(Text(one_line(header.headline), "quiet"), 9))
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="heading", expand=not whole)
    table.add_column("id", width=8, no_wrap=True, style="name")
    for name, share in (("source", 3), ("headline", 4), ("publisher", 2)):
        table.add_column(name, no_wrap=True, overflow="ellipsis", ratio=share)
    table.add_column("published", width=10, no_wrap=True)
    table.add_column("words", width=7, justify="right", no_wrap=True)
    for header in headers:
        table.add_row(
            header.article_id[:8],
            Text(parts.short_name(header.source)),
            Text(one_line(header.headline) if header.headline else "–"),
            Text(one_line(header.publisher) if header.publisher else "–"),
            header.published.isoformat() if header.published else "–",
            f"{header.words:,}",
        )
    shown.print(table)


def show_article(shown: Console, article: Article, sections: Sequence[Section], *, with_text: bool = True) -> None:
    """What is known, then the text as it is stored, hidden characters shown."""
    known = {
        "id": article.article_id,
        "source": article.source,
        "headline": article.headline,
        "byline": article.byline,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url if article.url != article.source else None,
        "sections": ", ".join(f"{part.section} {part.start}–{part.end}" for part in sections),
    }
    for name, value in known.items():
        if value:
            shown.print(Text.assemble((f"{name:<10}", "quiet"), one_line(value)))
    shown.print()
    if with_text:
        shown.print(Text(visible(article.text)))


def show_history(shown: Console, versions: Sequence[ArticleHeader], revisions: Sequence[Revision]) -> None:
    """Every version's id and when it came; below each what it changed, the words of both, those that differ marked."""
    if not revisions:
        shown.print(Text("One version: nothing has changed since it was first indexed.", "quiet"))
        return
    shown.print(Text(f"{len(versions)} versions", "heading"))
    shown.print(Text.assemble((versions[0].article_id[:8], "name"), f"  {versions[0].added_at}"))
    for revision in revisions:
        shown.print(Text.assemble((revision.newer.article_id[:8], "name"), f"  {revision.newer.added_at}"))
        for change in revision.changes:
            for line in _told(change):
                shown.print(parts.indented(line, 2))


def _told(change: Change) -> Iterator[Text]:
    """The words before and the words after, where there are any."""
    if change.before and change.after:
        before, after = parts.differing(change.before.quote, change.after.quote)
        yield Text.assemble(("− ", "bad"), before)
        yield Text.assemble(("+ ", "good"), after)
    elif change.before:
        yield Text.assemble(("− ", "bad"), parts.quotation(change.before.quote))
    elif change.after:
        yield Text.assemble(("+ ", "good"), parts.quotation(change.after.quote))


def show_diagnosis(shown: Console, diagnosis: Diagnosis) -> None:
    """Whether the collection is whole, then what was mended, then each finding."""
    whole = diagnosis.healthy
    told = "The collection is whole." if whole else "The collection needs mending."
    shown.print(Text(told, "good" if whole else "bad"))
    for mended in diagnosis.repaired:
        shown.print(parts.indented(Text.assemble(("mended  ", "good"), visible(mended)), 2))
    for finding in diagnosis.findings:
        mark = ("ok      ", "good") if finding.ok else ("WRONG   ", "bad")
        hint = f" Next: {finding.next_step}" if finding.next_step and not finding.ok else ""
        shown.print(parts.indented(Text.assemble(mark, visible(f"{finding.check}: {finding.message}{hint}")), 2))

"""A conversation in the terminal: lines in, answers on the console, every turn kept. Reads no keyboard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.text import Text

from assistant.assistant import Assistant
from assistant.chat import NO_MODEL, Reply, read_command, reply, sent_note
from assistant.conversations import Conversation, Conversations, StoredTurn, export_markdown
from assistant.errors import AssistantError, BadInput
from assistant.listener import NOBODY, Listener
from assistant.render import answer as answers
from assistant.render import comparison as comparisons
from assistant.render import parts, quotations
from assistant.render import verification as verdicts
from assistant.render.escape import visible
from assistant.types import Answer, Comparison, Scope, Statement, Verification
from index import ArticleHeader, IndexingError

HELP = """\
a question          is answered from the articles; what was said before is remembered
/verify CLAIM       checks a claim against every source
/compare TOPIC      shows how each source words it
/quotes DRAFT       checks the quotations of a draft
/open N             shows citation N of the last answer in its article
/sources [WORDS]    lists the articles, or those with these words in their headline or name
/pin NAME, /unpin   asks only this article (several pins add up), or all again
/model NAME         lets a language model (provider:name) phrase answers; /model none stops that
/export FILE        writes the conversation as Markdown
/new, /talks        begins another conversation, lists the earlier ones
/resume N           goes on with the N-th of them
/rename TITLE       names this conversation; /delete N removes the N-th of the list
/quit, Ctrl-D       ends; Ctrl-C stops an answer. Nothing that was shown is lost."""
MOST_LISTED = 40
AROUND = 1_200  # characters of an article on each side of a citation
HINTS = {  # of a line that looks like a command, before it is answered as the question that it may be
    "verify": "Read as a question. /verify CLAIM checks a claim.",
    "compare": "Read as a question. /compare TOPIC shows how each source words it.",
}
STOPPED = "(stopped before it was answered)"


class Talk:
    """One terminal conversation over ``assistant``. ``handle`` takes a line and says whether to go on."""

    def __init__(
        self, assistant: Assistant, store: Conversations, console: Console, *, model: str | None = None
    ) -> None:
        self.assistant, self.store, self.console, self.model = assistant, store, console, model
        self.conversation: Conversation | None = None
        self.last: Answer | None = None
        self._own: dict[str, Callable[[str], None]] = {
            "help": lambda _: console.print(HELP),
            "sources": self._sources,
            "open": self._open,
            "pin": self._pin,
            "unpin": lambda _: self._set_pins(()),
            "model": self._choose_model,
            "export": self._export,
            "rename": self._rename,
            "delete": self._delete,
            "new": lambda _: self._begin(None),
            "talks": lambda _: self._list(),
            "resume": self._resume,
        }

    def handle(self, line: str) -> bool:
        """Do what ``line`` says. False when the conversation is over. What the user can mend is told in one line."""
        words = line.strip()
        if not words:
            return True
        command, _, rest = words.removeprefix("/").partition(" ")
        if words.startswith("/") and command in ("quit", "exit", "q"):
            return False
        try:
            if words.startswith("/") and command in self._own:
                self._own[command](rest.strip())
            else:
                if rest and command.lower() in HINTS and not words.startswith("/"):
                    self.console.print(Text(HINTS[command.lower()], "quiet"))
                with self.assistant.reading():
                    self._reply(words)
        except (AssistantError, IndexingError) as error:
            told = f"{error.message}{f' — try: {error.next_step}' if error.next_step else ''}"
            self.console.print(Text(visible(told), "bad"))
        return True

    def _reply(self, message: str) -> None:
        """Answer, show, keep. Ctrl-C leaves the answer; what was asked is kept all the same."""
        command, _ = read_command(message)
        if message.startswith("/") and command == "ask":
            if message.split()[0] != "/ask":
                raise BadInput(f"there is no {message.split()[0]}", "/help")
            message = message.removeprefix("/ask").strip()
        talk = self.conversation
        scope = Scope(names=talk.pinned if talk else ())
        history = talk.history if talk else []
        try:
            with self._told_at_once() as listener:
                told = reply(self.assistant, message, scope=scope, history=history, model=self.model, listener=listener)
        except KeyboardInterrupt:
            self._keep(message, StoredTurn("assistant", STOPPED))
            raise
        try:
            self._keep(message, StoredTurn("assistant", told.markdown, {"command": command, **told.result}))
        finally:
            self._show(message, told)  # what cannot be kept is shown all the same, and why it is not kept after it

    def _keep(self, message: str, turn: StoredTurn) -> None:
        conversation = self.conversation or self.store.start()
        self.store.add(conversation.conversation_id, (StoredTurn("user", message), turn))
        self.conversation = self.store.get(conversation.conversation_id)

    def _show(self, message: str, told: Reply) -> None:
        names = parts.names_of(self.assistant.known().values())
        outcome = told.outcome
        if isinstance(outcome, Answer):
            self.last = outcome
            answers.show(self.console, message, outcome, names)
        elif isinstance(outcome, Verification):
            verdicts.show(self.console, outcome, names)
        elif isinstance(outcome, Comparison):
            comparisons.show(self.console, outcome, names)
        elif outcome is not None:
            quotations.show(self.console, outcome, names)

    @contextmanager
    def _told_at_once(self) -> Iterator[Listener]:
        """While a language model writes: its sentences as they pass, until the whole answer takes their place."""
        if self.model is None or not self.console.is_terminal:
            yield NOBODY
            return
        shown = Text(f"{self.model} is asked …\n", "quiet")
        gone = threading.Event()

        def tell(statement: Statement) -> None:
            numbers = "".join(f" [{n}]" for n in statement.citations)
            shown.append_text(Text.assemble(visible(statement.text), (numbers, "name"), "\n"))
            live.update(shown, refresh=True)

        with Live(shown, console=self.console, transient=True, auto_refresh=False) as live:
            try:
                yield Listener(tell, gone.is_set)
            finally:
                gone.set()

    def _choose_model(self, name: str) -> None:
        if not name:
            raise BadInput("/model needs a name", "/model provider:name, or /model none")
        self.model = self.assistant.phrasing_model(NO_MODEL if name == "none" else name)
        self.console.print(visible(sent_note(self.model)) if self.model else "Nothing is sent anywhere.")

    def _rename(self, title: str) -> None:
        if not title or self.conversation is None:
            raise BadInput("there is nothing to rename, or no title", "/rename The flood")
        self.store.change(self.conversation.conversation_id, title=title)
        self.conversation = self.store.get(self.conversation.conversation_id)
        self.console.print(f"This conversation is called {visible(self.conversation.title)}")

    def _delete(self, number: str) -> None:
        gone = self._numbered(number)
        self.store.remove(gone.conversation_id)
        if self.conversation and self.conversation.conversation_id == gone.conversation_id:
            self.conversation, self.last = None, None
        self.console.print(f"Removed: {visible(gone.title)}")

    def _sources(self, words: str) -> None:
        pinned = self.conversation.pinned if self.conversation else ()
        told = {header.article_id: header.headline or parts.short_name(header.source) for header in self._headers()}
        found = [key for key, name in told.items() if words.lower() in name.lower()]
        for key in found[:MOST_LISTED]:
            self.console.print(Text(f"{'pinned' if key in pinned else '':8}{key[:8]}  {visible(told[key])}"))
        if len(found) > MOST_LISTED:
            self.console.print(f"… and {len(found) - MOST_LISTED:,} more: /sources WORDS finds some of them")
        if not found:
            self.console.print("No article has these words in its headline or name.")

    def _headers(self) -> Sequence[ArticleHeader]:
        """The newest first."""
        return list(reversed(self.assistant.headers()))

    def _open(self, number: str) -> None:
        cited = self.last.citations if self.last else ()
        found = [c for c in cited if str(c.n) == number]
        if not cited:
            raise BadInput("no question was answered with citations yet", "ask a question, then /open 1")
        if not found:
            raise BadInput(f"the last answer has no citation {number!r}", f"/open {cited[0].n}")
        span = found[0].span
        article = self.assistant.article(span.article_id)
        before, after = article.text[: span.start], article.text[span.end :]
        title = article.headline or parts.short_name(article.source)
        self.console.print(Text(f"{visible(title)} · characters {span.start}–{span.end}", "name"))
        shown = Text(visible(before if len(before) <= AROUND else f"… {before[-AROUND:].partition(' ')[2]}"))
        shown.append(visible(span.quote), "differing")
        shown.append(visible(after if len(after) <= AROUND else f"{after[:AROUND].rpartition(' ')[0]} …"))
        self.console.print(shown)

    def _pin(self, name: str) -> None:
        if not name:
            raise BadInput("/pin needs the name of an article", "/sources")
        pinned = self.conversation.pinned if self.conversation else ()
        self._set_pins((*pinned, self.assistant.article(name).article_id))

    def _set_pins(self, pinned: tuple[str, ...]) -> None:
        conversation = self.conversation or self.store.start()
        self.store.change(conversation.conversation_id, pinned=pinned)
        self.conversation = replace(conversation, pinned=pinned)
        names = parts.names_of(self.assistant.known().values())
        told = ", ".join(visible(names.get(key, key[:8])) for key in pinned)
        self.console.print(f"Asked from now on: only {told}" if pinned else "Asked from now on: all articles")

    def _export(self, name: str) -> None:
        if self.conversation is None or not name:
            raise BadInput("there is nothing to export, or no file named", "/export talk.md")
        try:
            Path(name).write_text(export_markdown(self.conversation), encoding="utf-8")
        except OSError as error:
            raise BadInput(f"{name} cannot be written: {error.strerror}", "/export talk.md") from error
        self.console.print(f"written to {visible(name)}")

    def _begin(self, conversation: Conversation | None) -> None:
        self.conversation, self.last = conversation, None
        self.console.print(visible(conversation.title) if conversation else "A new conversation.")

    def _list(self) -> None:
        for number, conversation in enumerate(self.store.all(), 1):
            self.console.print(Text(f"{number:>3}  {visible(conversation.title)}"))

    def _resume(self, number: str) -> None:
        self._begin(self.store.get(self._numbered(number).conversation_id))

    def _numbered(self, number: str) -> Conversation:
        every = self.store.all()
        if not number.isdigit() or not 1 <= int(number) <= len(every):
            raise BadInput(f"there is no conversation {number!r}", "/talks")
        return every[int(number) - 1]

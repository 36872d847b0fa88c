"""A conversation in the terminal: lines in, answers on the console, every turn kept. Reads no keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.text import Text

from assistant.assistant import Assistant
from assistant.chat import read_command
from assistant.conversations import Conversation, Conversations, StoredTurn, export_markdown
from assistant.errors import AssistantError, BadInput
from assistant.markdown import answer_markdown, comparison_markdown, quotations_markdown, verification_markdown
from assistant.render import answer as answers
from assistant.render import comparison as comparisons
from assistant.render import parts, quotations
from assistant.render import verification as verdicts
from assistant.render.escape import visible
from assistant.types import Answer, Scope
from assistant.wire import answer_json, comparison_json, quotations_json, verification_json
from index import IndexingError

HELP = """\
a question          is answered from the articles; what was said before is remembered
/verify CLAIM       checks a claim against every source
/compare TOPIC      shows how each source words it
/quotes DRAFT       checks the quotations of a draft
/open N             shows citation N of the last answer in its article
/sources            lists the articles
/pin NAME, /unpin   asks only this article (several pins add up), or all again
/export FILE        writes the conversation as Markdown
/new, /talks        begins another conversation, lists the earlier ones
/resume N           goes on with the N-th of them
/quit               ends; Ctrl-D too. Nothing that was shown is lost."""


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
            "sources": lambda _: self._sources(),
            "open": self._open,
            "pin": self._pin,
            "unpin": lambda _: self._set_pins(()),
            "export": self._export,
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
                with self.assistant.reading():
                    self._reply(words)
        except (AssistantError, IndexingError) as error:
            told = f"{error.message}{f' — try: {error.next_step}' if error.next_step else ''}"
            self.console.print(Text(visible(told), "bad"))
        return True

    def _reply(self, message: str) -> None:
        command, words = read_command(message)
        if message.startswith("/") and command == "ask" and not message.startswith("/ask"):
            raise BadInput(f"there is no {message.split()[0]}", "/help")
        conversation = self.conversation or self.store.start()
        scope = Scope(names=conversation.pinned)
        known = self.assistant.known()
        names = parts.names_of(known.values())
        if command == "verify":
            verification = self.assistant.verify(words, scope=scope)
            result = verification_json(verification, known, self.assistant.models())
            markdown = verification_markdown(result, known)
            verdicts.show(self.console, verification, names)
        elif command == "compare":
            comparison = self.assistant.compare(words, scope=scope)
            result = comparison_json(comparison, known, self.assistant.models())
            markdown = comparison_markdown(result, known)
            comparisons.show(self.console, comparison, names)
        elif command == "quotes":
            audited = self.assistant.audit_quotes(words)
            result = quotations_json(audited)
            markdown = quotations_markdown(result, known)
            quotations.show(self.console, audited, names)
        else:
            answer = self.assistant.ask(words, scope=scope, history=conversation.history, model=self.model)
            result = answer_json(words, answer, known, self.assistant.models(chat=self.model))
            markdown, self.last = answer_markdown(result, known, {}), answer
            answers.show(self.console, words, answer, names)
        turns = (StoredTurn("user", message), StoredTurn("assistant", markdown, {"command": command, **result}))
        self.store.add(conversation.conversation_id, turns)
        self.conversation = self.store.get(conversation.conversation_id)

    def _sources(self) -> None:
        pinned = self.conversation.pinned if self.conversation else ()
        for header in self.assistant.headers():
            mark = "pinned  " if header.article_id in pinned else "        "
            told = header.headline or parts.short_name(header.source)
            self.console.print(Text(f"{mark}{header.article_id[:8]}  {visible(told)}"))

    def _open(self, number: str) -> None:
        found = [c for c in (self.last.citations if self.last else ()) if str(c.n) == number]
        if not found:
            raise BadInput(f"the last answer has no citation {number!r}", "/open 1")
        span = found[0].span
        article = self.assistant.article(span.article_id)
        shown = Text(visible(article.text[: span.start]))
        shown.append(visible(span.quote), "differing")
        shown.append(visible(article.text[span.end :]))
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
        self.console.print(f"{len(pinned)} pinned" if pinned else "all articles are asked")

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
        every = self.store.all()
        if not number.isdigit() or not 1 <= int(number) <= len(every):
            raise BadInput(f"there is no conversation {number!r}", "/talks")
        self._begin(self.store.get(every[int(number) - 1].conversation_id))

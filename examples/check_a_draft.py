"""An agent that checks a draft: it audits the quotations, verifies each sentence, and reports what is wrong.

    python examples/check_a_draft.py DRAFT [--home HOME] [--model provider:name]

Without a model a small scripted one stands in its place, so that the whole agent runs on this machine: it calls the two
tools and repeats what they say. With one (``ollama:llama3.1``, ``openai:…``) the agent decides itself what to check.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from langchain.agents import create_agent
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from assistant import Assistant
from assistant.serve.langchain import tools

INSTRUCTIONS = (
    "You check a journalist's draft against indexed articles. Call audit_quotations with the whole draft, and "
    "verify_claim with each factual sentence. Then list every problem with the source's exact words. "
    "Never correct from memory."
)


class ScriptedModel(BaseChatModel):
    """Asks for both tools, then hands over what they answered. Nothing in it reads or writes by itself."""

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **settings: Any) -> ScriptedModel:  # noqa: ARG002
        return self

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        answers = [message for message in messages if isinstance(message, ToolMessage)]
        if answers:
            said = AIMessage("\n\n".join(str(message.content) for message in answers))
        else:
            draft = str(messages[-1].content)
            calls = [
                {"name": "audit_quotations", "args": {"draft": draft}, "id": "quotations"},
                {"name": "verify_claim", "args": {"claim": draft}, "id": "claims"},
            ]
            said = AIMessage("", tool_calls=calls)
        return ChatResult(generations=[ChatGeneration(message=said)])


def check(draft: str, assistant: Assistant, model: BaseChatModel) -> str:
    """The agent's report."""
    agent: Any = create_agent(model, tools(assistant), system_prompt=INSTRUCTIONS)
    state = agent.invoke({"messages": [{"role": "user", "content": draft}]})
    return str(state["messages"][-1].text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("draft", type=Path)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--model", help="provider:name; without one a scripted model runs the tools")
    given = parser.parse_args()
    model = init_chat_model(given.model, temperature=0) if given.model else ScriptedModel()
    with Assistant.open(given.home) as assistant:
        print(check(given.draft.read_text(encoding="utf-8"), assistant, model))


if __name__ == "__main__":
    main()

"""A chain that somebody has already, and what gives it citations: another retriever, and one step at the end.

    python examples/cite_a_chain.py QUESTION [--home HOME] [--model provider:name]

The chain is LangChain's usual one: find passages, put them into a prompt, let a model answer. Its answer is then held
against the passages by ``claimdesk``'s verifier: a sentence that none of them carries is marked. Without a model the
first passage found is the answer.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.documents import Document
from langchain_core.prompt_values import PromptValue
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from assistant import Assistant
from assistant.serve.langchain import ClaimdeskRetriever

PROMPT = ChatPromptTemplate.from_template(
    "Answer from these passages alone, in one or two sentences.\n\n{passages}\n\nQuestion: {question}\nAnswer:"
)


def existing_chain(retriever: Runnable[str, list[Document]], model: Runnable[Any, str]) -> Runnable[str, Any]:
    """The chain as it was: only its retriever is new. Gives the answer and the passages that it was made from."""

    def passages(given: dict[str, Any]) -> str:
        return "\n\n".join(part.page_content for part in given["documents"])

    answer = RunnablePassthrough.assign(passages=passages) | PROMPT | model
    inputs: Any = {"documents": retriever, "question": RunnablePassthrough()}
    chain: Runnable[str, Any] = inputs | RunnablePassthrough.assign(answer=answer)
    return chain


def with_citations(assistant: Assistant) -> Runnable[Any, str]:
    """The step at the end: each sentence is verified, and followed by the source and place that carry it."""

    def cite(given: dict[str, Any]) -> str:
        lines = []
        for sentence in re.split(r"(?<=[.!?])\s+", given["answer"].strip()):
            found = assistant.verify(sentence).verdicts
            spans = [part.span for verdict in found for row in verdict.sources for part in row.evidence]
            known = assistant.known()
            marks = [f"[{known[span.article_id].source} {span.start}–{span.end}: “{span.quote}”]" for span in spans]
            label = found[0].label if found else "not checked"
            lines.append(f"{sentence}\n  {label} {' '.join(marks)}".rstrip())
        return "\n".join(lines)

    return RunnableLambda(cite)


def first_passage(prompt: PromptValue) -> str:
    """What stands in for a model: the first sentence of the first passage in the prompt."""
    passages = prompt.to_string().partition("\n\n")[2]
    return re.split(r"(?<=[.!?])\s+", passages.strip())[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("question")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--model", help="provider:name; without one the first sentence found is the answer")
    given = parser.parse_args()
    model: Runnable[Any, str] = RunnableLambda(first_passage)
    if given.model:
        model = init_chat_model(given.model, temperature=0) | RunnableLambda(lambda message: str(message.text))
    with Assistant.open(given.home) as assistant:
        chain = existing_chain(ClaimdeskRetriever(assistant=assistant, k=3), model) | with_citations(assistant)
        print(chain.invoke(given.question))


if __name__ == "__main__":
    main()

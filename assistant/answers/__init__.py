"""One file for each kind of question. ``answerers`` is the list of them."""

from collections.abc import Callable, Mapping

from assistant.answers.agreement import answer_agreement
from assistant.answers.alternatives import answer_alternatives
from assistant.answers.attribution import answer_attribution
from assistant.answers.content import answer_content
from assistant.answers.describe import answer_describe
from assistant.answers.headline_body import answer_headline_body
from assistant.answers.independence import answer_independence
from assistant.answers.material import Material, gather
from assistant.answers.metadata import answer_metadata
from assistant.answers.quotation import answer_quotation
from assistant.answers.word_use import answer_word_use
from assistant.types import Answer, QuestionKind

answerers: Mapping[QuestionKind, Callable[[Material], Answer]] = {
    QuestionKind.CONTENT: answer_content,
    QuestionKind.WORD_USE: answer_word_use,
    QuestionKind.DESCRIBE: answer_describe,
    QuestionKind.ALTERNATIVES: answer_alternatives,
    QuestionKind.HEADLINE_BODY: answer_headline_body,
    QuestionKind.AGREEMENT: answer_agreement,
    QuestionKind.INDEPENDENCE: answer_independence,
    QuestionKind.QUOTATION: answer_quotation,
    QuestionKind.ATTRIBUTION: answer_attribution,
    QuestionKind.METADATA: answer_metadata,
}

__all__ = ["Material", "answerers", "gather"]

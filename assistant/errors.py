"""Every error that the assistant raises on purpose (the index has its own tree in ``index``).

AssistantError
├── BadInput             the user's words, file or option cannot be used
├── BadConfig            the configuration names something that does not exist
├── NotJudged            a claim could not be judged: an error beside the verdicts, never a verdict
├── VerifierUnavailable  the grounding model's weights are missing or fail their hash
├── ModelFailed          a language model timed out, failed, or answered nonsense
└── CheckFailed          a gate said no (exit code 3)
"""


class AssistantError(Exception):
    """The root of the tree. ``next_step`` holds what to type next."""

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    @property
    def kind(self) -> str:
        return type(self).__name__


class BadInput(AssistantError):
    """The user's words, file or option cannot be used."""


class BadConfig(AssistantError):
    """The configuration names something that does not exist."""


class NotJudged(AssistantError):
    """A claim could not be judged. It stands beside the verdicts as an error, never as a verdict."""


class VerifierUnavailable(AssistantError):
    """The grounding model's weights are missing or fail their hash."""


class ModelFailed(AssistantError):
    """A language model timed out, failed, or answered nonsense."""


class CheckFailed(AssistantError):
    """A gate said no: an evaluation below its baseline, an altered quotation under --strict."""

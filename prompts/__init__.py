"""Text that a model reads: one Markdown file a prompt, ``$variables``, a version that is the file's hash.

>>> load("answer").variables
frozenset({'rows', 'question'})
"""

from prompts.loader import Prompt, PromptError, load, names

__all__ = ["Prompt", "PromptError", "load", "names"]

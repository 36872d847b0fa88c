"""Does this evidence support this claim, refute it, or neither? Verifiers by name, all behind one Protocol.

>>> load_verifier("lexical").judge_pairs([("The bridge is closed.", "The bridge is closed.")])[0].entailment > 0.5
True
"""

from assistant.verifier.probabilities import PairVerifier, Probabilities
from assistant.verifier.registry import load_verifier, names

__all__ = ["PairVerifier", "Probabilities", "load_verifier", "names"]

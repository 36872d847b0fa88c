"""Where do two sentences that tell one fact differ? A small network over the verifier's own states reads both at once.

>>> reading = open_pair_reader().read([("Two people were hurt.", "Three people were hurt.")])[0]
>>> [found.kind.value for found in reading.stretches()][:1]
['quantity']
"""

from assistant.differing.pair_reader import PairReader, open_pair_reader
from assistant.differing.reading import KINDS, Reading, Stretches

__all__ = ["KINDS", "PairReader", "Reading", "Stretches", "open_pair_reader"]

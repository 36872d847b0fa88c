"""The network that is trained: layers of its own over the verifier's states, then a grid of words by words."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from assistant.differing.reading import KINDS
from assistant.verifier.training.network import (
    BUCKETS,
    HEADS,
    HIDDEN,
    LONGEST,
    LOWER,
    Layer,
    Network,
    bias_of,
    relative_buckets,
)

OWN_LAYERS = 2
WIDTH = 64  # of the vectors whose product rates a pair of words, for each kind
SELDOM = -4.0  # log odds before anything is read


class DifferenceNetwork(nn.Module):
    """States (batch, length, 768) of ``<s> left </s></s> right </s>`` and mask to log odds: ``cells`` (batch, kinds,
    length, length), token of the left by token of the right, and ``one_fact`` (batch,)."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(OWN_LAYERS))
        self.distance = nn.Embedding(BUCKETS, HEADS)
        self.norm = nn.LayerNorm(HIDDEN)
        self.left, self.right = nn.Linear(HIDDEN, len(KINDS) * WIDTH), nn.Linear(HIDDEN, len(KINDS) * WIDTH)
        self.left_alone, self.right_alone = nn.Linear(HIDDEN, len(KINDS)), nn.Linear(HIDDEN, len(KINDS))
        self.fact = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(0.15)
        self.register_buffer("buckets", relative_buckets(LONGEST), persistent=False)

    def forward(self, states: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        with torch.no_grad():
            bias = bias_of(self.distance(self.buckets), mask)
        for layer in self.layers:
            states = layer(states, bias, first_only=False)
        states = self.drop(self.norm(states.float()))
        batch, length = states.shape[0], states.shape[1]
        left = self.left(states).view(batch, length, len(KINDS), WIDTH).transpose(1, 2)
        right = self.right(states).view(batch, length, len(KINDS), WIDTH).transpose(1, 2)
        alone = (
            self.left_alone(states).transpose(1, 2)[..., None] + self.right_alone(states).transpose(1, 2)[:, :, None]
        )
        cells = left @ right.transpose(2, 3) * WIDTH**-0.5 + alone + SELDOM
        return cells, self.fact(states[:, 0])[:, 0]


def from_verifier(verifier: Network) -> DifferenceNetwork:
    """A network whose layers start from the verifier's next ones; the grid is fresh (seeded by torch)."""
    network = DifferenceNetwork()
    network.distance.load_state_dict(verifier.distance.state_dict())
    for own, layer in zip(network.layers, verifier.layers[LOWER:], strict=False):
        own.load_state_dict(layer.state_dict())
    network.distance.requires_grad_(False)
    return network

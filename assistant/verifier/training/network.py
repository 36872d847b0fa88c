"""The network that is trained: the lower layers of mpnet as a cross-encoder with three or four outputs. Torch only.

The last layer computes the first token alone, because nothing else of it is read: an eighth of the work saved,
in training and in inference. The word embeddings are frozen on a 4-bit grid from the first step, so that the
exported file holds exactly what was trained.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

HIDDEN = 768
HEADS = 12
INNER = 3072
VOCABULARY = 30527
LONGEST = 256  # tokens
FROZEN_LAYERS = 2  # the lowest stay as they are: a fifth of the work saved
LOWER = 5  # layers that the pair reader stands on: once it is trained, those above them can be trained alone
STATES = f"/layers.{LOWER - 1}/norm_out/LayerNormalization_output_0"  # what comes out of them, in the exported file
FIRST_POSITION = 2  # mpnet counts positions from its padding index + 1
PADDING = 1
BUCKETS = 32
FAR = 128  # relative distance from which all positions share a bucket
GRID_BLOCK = 64  # embedding values that share a scale


def relative_buckets(longest: int) -> Tensor:
    """mpnet's bucket of each distance key - query, from -(longest-1) to longest-1: shape (2 * longest - 1,)."""
    distance = -torch.arange(-(longest - 1), longest)
    half = BUCKETS // 2
    bucket = (distance < 0).long() * half
    distance = distance.abs()
    exact = half // 2
    scaled = torch.log(distance.float().clamp(min=1) / exact) / torch.log(torch.tensor(FAR / exact)) * (half - exact)
    far = torch.minimum(exact + scaled.long(), torch.tensor(half - 1))
    return bucket + torch.where(distance < exact, distance, far)


def to_grid(weights: Tensor) -> tuple[Tensor, Tensor]:
    """4-bit values (0..15, zero at 8), shape of ``weights``, and a scale for each block of 64 in a row."""
    blocks = weights.view(weights.shape[0], -1, GRID_BLOCK)
    scales = (blocks.abs().amax(dim=2) / 7.0).clamp(min=1e-8).half().float()
    values = torch.round(blocks / scales.unsqueeze(2)).clamp(-8, 7) + 8
    return values.view(weights.shape).to(torch.uint8), scales


def from_grid(values: Tensor, scales: Tensor) -> Tensor:
    """The embeddings that ``to_grid`` stored."""
    blocks = values.float().view(values.shape[0], -1, GRID_BLOCK) - 8.0
    return (blocks * scales.unsqueeze(2)).view(values.shape)


def bias_of(table: Tensor, mask: Tensor) -> Tensor:
    """The bias of distances, ``table`` (2 * LONGEST - 1, heads), plus the mask: (batch, heads, length, length)."""
    place = torch.arange(mask.shape[1], device=mask.device)
    relative = table[(place[None, :] - place[:, None]) + (LONGEST - 1)].permute(2, 0, 1)
    hidden = (1.0 - mask.to(relative.dtype)) * -10000.0
    return relative.unsqueeze(0) + hidden[:, None, None, :]


class Layer(nn.Module):
    """One transformer layer, normalised after each half as mpnet is."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(HIDDEN, HIDDEN)
        self.key_value = nn.Linear(HIDDEN, 2 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm_attention = nn.LayerNorm(HIDDEN, eps=1e-5)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm_out = nn.LayerNorm(HIDDEN, eps=1e-5)

    def forward(self, states: Tensor, bias: Tensor, first_only: bool) -> Tensor:
        """``states`` (batch, length, 768), ``bias`` (batch, heads, length, length) added to the attention scores."""
        batch, length = states.shape[0], states.shape[1]
        asking = states[:, :1] if first_only else states
        bias = bias[:, :, :1] if first_only else bias
        query = self.query(asking).view(batch, -1, HEADS, HIDDEN // HEADS).transpose(1, 2)
        both = self.key_value(states).view(batch, length, 2, HEADS, HIDDEN // HEADS)
        key, value = both[:, :, 0].transpose(1, 2), both[:, :, 1].transpose(1, 2)
        mixed = self.attend(query, key, value, bias)
        mixed = mixed.transpose(1, 2).reshape(batch, -1, HIDDEN)
        states = self.norm_attention(asking + self.out(mixed))
        result: Tensor = self.norm_out(states + self.down(functional.gelu(self.up(states))))
        return result

    def attend(self, query: Tensor, key: Tensor, value: Tensor, bias: Tensor) -> Tensor:
        scores = query @ key.transpose(2, 3) * (HIDDEN // HEADS) ** -0.5 + bias
        return torch.softmax(scores, dim=-1, dtype=torch.float32).to(value.dtype) @ value


class Network(nn.Module):
    """Token ids and mask (batch, length; 1 = read) to logits (batch, outputs): entailment, contradiction, silence, and
    the fourth of ``outputs``: on the matter, but otherwise."""

    def __init__(self, layers: int, outputs: int = 3) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(LONGEST + FIRST_POSITION, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-5)
        self.distance = nn.Embedding(BUCKETS, HEADS)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.dense = nn.Linear(HIDDEN, HIDDEN)
        self.head = nn.Linear(HIDDEN, outputs)
        self.register_buffer("buckets", relative_buckets(LONGEST), persistent=False)
        for part in (self.words, self.positions, self.norm, *self.layers[:FROZEN_LAYERS]):
            part.requires_grad_(False)
        self.drop = 0.1

    def bias_of(self, mask: Tensor) -> Tensor:
        return bias_of(self.distance(self.buckets), mask)

    def embedded(self, ids: Tensor) -> Tensor:
        vectors: Tensor = self.words(ids)
        return vectors

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        place = torch.arange(ids.shape[1], device=ids.device) + FIRST_POSITION
        states = self.norm(self.embedded(ids) + self.positions(place)[None])
        return self.judged(states, mask)

    def judged(self, states: Tensor, mask: Tensor, below: int = 0) -> Tensor:
        """Logits from the states that come out of the ``below`` lowest layers."""
        bias = self.bias_of(mask)
        for number, layer in enumerate(self.layers[below:], below):
            states = layer(states, bias, first_only=number == len(self.layers) - 1)
        pooled = torch.tanh(self.dense(states))  # (batch, 1, 768)
        pooled = functional.dropout(pooled, self.drop, self.training)
        logits: Tensor = self.head(pooled[:, 0])
        return logits


def from_base(folder: Path, layers: int) -> Network:
    """A network whose encoder starts from all-mpnet-base-v2's lower ``layers``; the head is fresh (seeded by torch)."""
    from safetensors.torch import load_file

    base = load_file(str(folder / "model.safetensors"))
    network = Network(layers)
    state = network.state_dict()
    state["words.weight"] = from_grid(*to_grid(base["embeddings.word_embeddings.weight"]))
    state["positions.weight"] = base["embeddings.position_embeddings.weight"][: LONGEST + FIRST_POSITION]
    state["distance.weight"] = base["encoder.relative_attention_bias.weight"]
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = base[f"embeddings.LayerNorm.{part}"]
        for number in range(layers):
            old, new = f"encoder.layer.{number}.", f"layers.{number}."
            attention = old + "attention.attn."
            state[f"{new}query.{part}"] = base[f"{attention}q.{part}"]
            state[f"{new}key_value.{part}"] = torch.cat([base[f"{attention}k.{part}"], base[f"{attention}v.{part}"]])
            state[f"{new}out.{part}"] = base[f"{attention}o.{part}"]
            state[f"{new}norm_attention.{part}"] = base[f"{old}attention.LayerNorm.{part}"]
            state[f"{new}up.{part}"] = base[f"{old}intermediate.dense.{part}"]
            state[f"{new}down.{part}"] = base[f"{old}output.dense.{part}"]
            state[f"{new}norm_out.{part}"] = base[f"{old}output.LayerNorm.{part}"]
    network.load_state_dict(state)
    return network

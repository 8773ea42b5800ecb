"""Training of the block network (JAX); only training needs it, `model` runs the result in numpy.

The network reads a page's blocks in order: a dense layer over the block's features and the mean of
its word vectors, then dilated convolutions over the neighbours with residual connections, then
three outputs per block: keep, headline, first block of a story.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from pipeline.cleaning.model.page_features import NAMES
from training.examples import Example

DILATIONS = (1, 2, 4, 8, 16)
WINDOW = 128
BATCH = 16
Parameters = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train: widths, passes over the data, and the seed that fixes the result."""

    width: int = 96
    word_width: int = 24
    edge_width: int = 8
    epochs: int = 12
    rate: float = 2.5e-3
    decay: float = 0.02
    dropout: float = 0.15
    word_dropout: float = 0.1
    seed: int = 1
    made_share: float = 1.0
    view_share: float = 1.0


def initial(settings: Settings, words: int, pairs: int) -> Parameters:
    """Return fresh parameters; tables have a row 0 of zeros for words that are not known."""
    rng = np.random.default_rng(settings.seed)

    def normal(*shape: int, scale: float) -> jax.Array:
        return jnp.asarray(rng.normal(0, scale, shape), jnp.float32)

    entry = len(NAMES) + settings.word_width + 2 * settings.edge_width
    width = settings.width
    parameters: Parameters = {
        "words": normal(words + 1, settings.word_width, scale=0.1),
        "pairs": normal(pairs + 1, settings.word_width, scale=0.05),
        "edges": normal(words + 1, settings.edge_width, scale=0.1),
        "entry_w": normal(entry, width, scale=(2 / entry) ** 0.5),
        "entry_b": jnp.zeros(width),
        "exit_w": normal(2 * width, 3, scale=0.05),
        "exit_b": jnp.asarray([0.0, -3.0, -4.0]),
    }
    for dilation in DILATIONS:
        parameters[f"conv{dilation}_w"] = normal(3 * width, width, scale=(1 / (3 * width)) ** 0.5)
        parameters[f"conv{dilation}_b"] = jnp.zeros(width)
    return parameters


def _shift(h: jax.Array, by: int) -> jax.Array:
    pad = [(0, 0), (max(by, 0), max(-by, 0)), (0, 0)]
    length = h.shape[1]
    return jax.lax.dynamic_slice_in_dim(jnp.pad(h, pad), max(-by, 0), length, 1)


def forward(
    p: Parameters, batch: dict[str, jax.Array], key: jax.Array | None, dropout: float, words: float
) -> jax.Array:
    """Return logits [pages, blocks, 3]; with a key, drop parts of the input at random."""
    dense, mask = batch["dense"], batch["mask"]
    pages, blocks, _ = dense.shape
    known, pairs = batch["words"], batch["pairs"]
    if key is not None:
        k1, k2, k3, k4 = jax.random.split(key, 4)
        alive = jax.random.bernoulli(k1, 1 - words, known.shape)
        known, pairs = known * alive, pairs * jax.random.bernoulli(k2, 1 - words, pairs.shape)
        dense = dense * jax.random.bernoulli(k3, 1 - dropout / 2, dense.shape)
    vectors = p["words"][known] * (known > 0)[:, None] + p["pairs"][pairs] * (pairs > 0)[:, None]
    bag = jax.ops.segment_sum(vectors, batch["owner"], pages * blocks + 1)[:-1]
    bag = bag.reshape(pages, blocks, -1) / jnp.sqrt(1 + batch["counts"])[..., None]
    edges = [p["edges"][batch[k]] * (batch[k] > 0)[..., None] for k in ("head", "tail")]
    h = jnp.concatenate([dense, bag, *edges], -1) @ p["entry_w"] + p["entry_b"]
    h = jax.nn.relu(h) * mask[..., None]
    if key is not None:
        h = h * jax.random.bernoulli(k4, 1 - dropout, h.shape) / (1 - dropout)
    entry = h
    for dilation in DILATIONS:
        wide = jnp.concatenate([_shift(h, dilation), h, _shift(h, -dilation)], -1)
        h = (h + jax.nn.relu(wide @ p[f"conv{dilation}_w"] + p[f"conv{dilation}_b"])) * mask[
            ..., None
        ]
    return jnp.concatenate([entry, h], -1) @ p["exit_w"] + p["exit_b"]


def _loss(
    p: Parameters, batch: dict[str, jax.Array], key: jax.Array, dropout: float, words: float
) -> jax.Array:
    logits = forward(p, batch, key, dropout, words)
    bce = optax.sigmoid_binary_cross_entropy
    keep = (bce(logits[..., 0], batch["keep"]) * batch["weight"]).sum()
    mask = batch["mask"]
    title = (bce(logits[..., 1], batch["title"]) * mask).sum()
    start = (bce(logits[..., 2], batch["start"]) * mask).sum()
    return (keep + title + 2.0 * start) / mask.sum()


def standards(examples: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and deviation of every feature, pages weighing alike up to a length."""
    rows = np.concatenate([e.features.dense[:: max(1, len(e.keep) // 40)] for e in examples])
    rows = rows.astype(np.float32)
    return rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-2)


def _batch(
    chosen: Sequence[tuple[Example, int]], mean: np.ndarray, deviation: np.ndarray,
    word_alive: np.ndarray, pair_alive: np.ndarray,
) -> dict[str, np.ndarray]:  # fmt: skip
    pages = len(chosen)
    out = {
        "dense": np.zeros((pages, WINDOW, len(NAMES)), np.float32),
        "mask": np.zeros((pages, WINDOW), np.float32),
        "counts": np.zeros((pages, WINDOW), np.float32),
        "head": np.zeros((pages, WINDOW), np.int32),
        "tail": np.zeros((pages, WINDOW), np.int32),
        "keep": np.zeros((pages, WINDOW), np.float32),
        "title": np.zeros((pages, WINDOW), np.float32),
        "start": np.zeros((pages, WINDOW), np.float32),
        "weight": np.zeros((pages, WINDOW), np.float32),
    }
    words, pairs, owners = [], [], []
    for row, (example, low) in enumerate(chosen):
        high = min(low + WINDOW, len(example.keep))
        n = high - low
        f = example.features
        x = (f.dense[low:high].astype(np.float32) - mean) / deviation
        out["dense"][row, :n] = np.clip(x, -5, 5)
        out["mask"][row, :n] = 1
        counts = f.counts[low:high]
        out["counts"][row, :n] = counts
        first, last = f.starts[low], f.starts[high - 1] + counts[-1]
        known = f.words.astype(np.int32)
        known = known * word_alive[known]
        couple = f.pairs[first:last].astype(np.int32)
        out["head"][row, :n] = known[f.starts[low:high]] * (counts > 0)
        out["tail"][row, :n] = known[f.starts[low:high] + counts - 1] * (counts > 0)
        words.append(known[first:last])
        pairs.append(couple * pair_alive[couple])
        owners.append(np.repeat(np.arange(n), counts) + row * WINDOW)
        for name in ("keep", "title", "start", "weight"):
            out[name][row, :n] = getattr(example, name)[low:high]
    total = sum(map(len, words))
    size = 8192
    while size < total:
        size *= 2
    none = pages * WINDOW
    for name, parts, fill in (("words", words, 0), ("pairs", pairs, 0), ("owner", owners, none)):
        flat = np.full(size, fill, np.int32)
        flat[:total] = np.concatenate(parts)
        out[name] = flat
    return out


def train(
    real: Sequence[Example], made: Sequence[Example], views: Sequence[Example],
    vocabulary_sizes: tuple[int, int], alive: tuple[np.ndarray, np.ndarray], settings: Settings,
    report: Callable[[int, float], None] = lambda epoch, loss: None,
) -> dict[str, np.ndarray]:  # fmt: skip
    """Train on labelled pages, pages made from them and further views; return the parameters.

    Every pass takes all real pages, and as many of the others as the settings' shares say.

    `alive` says which vocabulary entries may be used (index 0 is the unknown word). The average of
    the parameters over the last steps is what is returned; same input, same result.
    """
    rng = np.random.default_rng(settings.seed)
    mean, deviation = standards(real)
    parameters = initial(settings, *vocabulary_sizes)
    of_made = min(len(made), int(len(real) * settings.made_share))
    of_views = min(len(views), int(len(real) * settings.view_share))
    per_epoch = len(real) + of_made + of_views
    steps = settings.epochs * (per_epoch // BATCH)
    schedule = optax.warmup_cosine_decay_schedule(1e-4, settings.rate, steps // 20, steps, 2e-5)
    optimiser = optax.chain(
        optax.clip_by_global_norm(2.0), optax.adamw(schedule, weight_decay=settings.decay)
    )
    state = optimiser.init(parameters)

    @jax.jit
    def step(p: Any, average: Any, state: Any, batch: Any, key: Any) -> Any:
        loss, grads = jax.value_and_grad(_loss)(
            p, batch, key, settings.dropout, settings.word_dropout
        )
        updates, state = optimiser.update(grads, state, p)
        p = optax.apply_updates(p, updates)
        average = jax.tree.map(lambda a, b: 0.995 * a + 0.005 * b, average, p)
        return p, average, state, loss

    average = parameters
    key = jax.random.PRNGKey(settings.seed)
    for epoch in range(settings.epochs):
        pool = [*real]
        pool += [made[i] for i in rng.permutation(len(made))[:of_made]]
        pool += [views[i] for i in rng.permutation(len(views))[:of_views]]
        order = rng.permutation(len(pool))
        losses = []
        for first in range(0, len(order) - BATCH + 1, BATCH):
            chosen = []
            for i in order[first : first + BATCH]:
                spare = len(pool[i].keep) - WINDOW
                chosen.append((pool[i], int(rng.integers(0, spare + 1)) if spare > 0 else 0))
            batch = _batch(chosen, mean, deviation, *alive)
            key, sub = jax.random.split(key)
            parameters, average, state, loss = step(parameters, average, state, batch, sub)
            losses.append(loss)
        report(epoch, float(np.mean([float(x) for x in losses])))
    out = {name: np.asarray(value) for name, value in average.items()}
    out["mean"], out["deviation"] = mean, deviation
    for name, usable in (("words", alive[0]), ("pairs", alive[1]), ("edges", alive[0])):
        out[name] = out[name] * usable[:, None]
    return out

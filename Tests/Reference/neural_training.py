#!/usr/bin/env python3
"""Ten steps of training in double precision: batches, initial weights, schedule and optimisers as their definitions
say, gradients by PyTorch. It shares no code with ours, for comparison in tests.

    pip install torch numpy safetensors
    neural_training.py              prints loss and gradient of each step (tab-separated)
    neural_training.py check        compares that with the committed table

Rows are "NETWORK OPTIMISER STEP BITS NORM": the mean loss of a step's batch in bits per byte and the length of its
gradient before it was clipped. The committed table is made by

    neural_training.py > neural_training.tsv
"""

import math
import pathlib
import sys

import numpy
import torch
import torch.nn.functional as F

import neural_reference

HERE = pathlib.Path(__file__).parent
# Short enough for ten batches to go through it more than once.
TEXT = b"".join(b"one two three %d\n" % (i % 10) for i in range(30))
STEPS, SEQUENCES, TIME, SEED = 10, 4, 12, 1
RATE, MATRIX_RATE, DECAY = 0.02, 0.01, 0.1
BETA1, BETA2, EPSILON, CLIP = 0.9, 0.95, 1e-8, 1.0
# Muon's momentum at first, from there on, and the steps in between.
FIRST_MOMENTUM, MOMENTUM, MOMENTUM_WARM_UP = 0.85, 0.95, 5
WARM_UP, COOL_DOWN = 4, (6, 10)
WORD = (1 << 64) - 1


class Generator:
    """SplitMix64 (Steele, Lea and Flood, 2014)."""

    def __init__(self, seed):
        self.state = seed & WORD

    def next(self):
        self.state = self.state + 0x9E3779B97F4A7C15 & WORD
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & WORD
        z = (z ^ z >> 27) * 0x94D049BB133111EB & WORD
        return z ^ z >> 31

    def below(self, bound):
        return self.next() * bound >> 64

    def normal(self):
        """The sum of twelve uniform numbers of 16 bits."""
        words = [self.next() for _ in range(3)]
        return (sum(word >> shift & 0xFFFF for word in words for shift in (0, 16, 32, 48)) - 6 * 0xFFFF) / 65536

    def uniform(self):
        """In -1 ..< 1."""
        word = self.next()
        return ((word - (1 << 64) if word >> 63 else word) >> 11) / 2**52


# The networks: their tensors in order, with the role and how each begins.

def transformer_tensors(layers=2, width=16):
    def normal(scale):
        return lambda generator: generator.normal() * scale

    def gain(name):
        return name, (width,), "gain", lambda _: 1.0

    usual, residual = width**-0.5, (width * 2 * layers) ** -0.5
    yield "embedding.weight", (256, width), "embedding", normal(usual)
    for layer in range(layers):
        name = f"layers.{layer}."
        yield gain(name + "norm1.weight")
        yield name + "attention.qkv.weight", (3 * width, width), "matrix", normal(usual)
        yield name + "attention.out.weight", (width, width), "matrix", normal(residual)
        yield gain(name + "norm2.weight")
        yield name + "mlp.up.weight", (4 * width, width), "matrix", normal(usual)
        yield name + "mlp.down.weight", (width, 4 * width), "matrix", normal((4 * width * 2 * layers) ** -0.5)
    yield gain("norm.weight")


def gru_tensors(layers=2, width=12, embedding=5):
    def matrix(name, rows, columns):
        return name, (rows, columns), "matrix", lambda generator: generator.uniform() * (3 / columns) ** 0.5

    def bias(name, count):
        return name, (count,), "bias", lambda _: 0.0

    yield "embedding.weight", (256, embedding), "embedding", lambda generator: generator.normal()
    for layer in range(layers):
        yield matrix(f"rnn.weight_ih_l{layer}", 3 * width, width if layer else embedding)
        yield matrix(f"rnn.weight_hh_l{layer}", 3 * width, width)
        yield bias(f"rnn.bias_ih_l{layer}", 3 * width)
        yield bias(f"rnn.bias_hh_l{layer}", 3 * width)
    name, shape, _, values = matrix("head.weight", 256, width)
    yield name, shape, "head", values
    yield bias("head.bias", 256)


class Network:
    def __init__(self, tensors, sizes):
        generator = Generator(SEED)
        self.tensors, self.roles, self.sizes = {}, {}, sizes
        for name, shape, role, begin in tensors:
            values = [float(numpy.float32(begin(generator))) for _ in range(math.prod(shape))]
            self.tensors[name] = torch.tensor(values, dtype=torch.float64).view(shape).requires_grad_()
            self.roles[name] = role

    def __getitem__(self, name):
        return self.tensors[name]

    def size(self, name):
        return self.sizes[name]


class Transformer(Network):
    is_recurrent = False

    def __init__(self):
        super().__init__(transformer_tensors(), {"heads": 2})

    def logits(self, sequences, is_fresh):
        return torch.stack([neural_reference.transformer(self, sequence) for sequence in sequences])


class GRU(Network):
    """Cho et al. (2014) with PyTorch's order of gates; states are carried from batch to batch without gradient."""

    is_recurrent = True

    def __init__(self):
        super().__init__(gru_tensors(), {})
        self.states = []

    def logits(self, sequences, is_fresh):
        width = self["head.weight"].shape[1]
        if is_fresh:
            self.states = [torch.zeros(len(sequences), width, dtype=torch.float64) for _ in range(2)]
        states, outputs = [state.detach() for state in self.states], []
        for step in F.embedding(sequences, self["embedding.weight"]).unbind(1):
            for layer in range(2):
                states[layer] = self.step(layer, step, states[layer])
                step = states[layer]
            outputs.append(F.linear(step, self["head.weight"], self["head.bias"]))
        self.states = states
        return torch.stack(outputs, dim=1)

    def step(self, layer, x, h):
        of_x = F.linear(x, self[f"rnn.weight_ih_l{layer}"], self[f"rnn.bias_ih_l{layer}"]).chunk(3, dim=1)
        of_h = F.linear(h, self[f"rnn.weight_hh_l{layer}"], self[f"rnn.bias_hh_l{layer}"]).chunk(3, dim=1)
        reset, update = torch.sigmoid(of_x[0] + of_h[0]), torch.sigmoid(of_x[1] + of_h[1])
        new = torch.tanh(of_x[2] + reset * of_h[2])
        return (1 - update) * new + update * h


# Batches.

def window(start):
    """Inputs and targets from a place of the text on; a newline stands before it."""
    text = b"\n" + TEXT
    return list(text[start:start + TIME]), list(text[start + 1:start + 1 + TIME])


def windows():
    """In random order, each once an epoch; whether what was carried is over."""
    places = []
    epoch = 0
    while True:
        batch = []
        while len(batch) < SEQUENCES:
            if not places:
                generator = Generator(SEED + epoch * 0x9E3779B97F4A7C15)
                shift = generator.below(min(len(TEXT) - TIME, TIME - 1) + 1)
                places = list(range(shift, len(TEXT) - TIME + 1, TIME))
                for i in range(len(places) - 1, 0, -1):
                    j = generator.below(i + 1)
                    places[i], places[j] = places[j], places[i]
                epoch += 1
            batch.append(window(places.pop(0)))
        yield batch, True


def streams():
    """As many stretches of the text as there are sequences, read on from batch to batch."""
    length = len(TEXT) // SEQUENCES
    epoch = 0
    while True:
        shift = Generator(SEED + epoch * 0x9E3779B97F4A7C15).below(min(length - TIME, TIME - 1) + 1)
        for place in range(shift, length - TIME + 1, TIME):
            yield [window(s * length + place) for s in range(SEQUENCES)], place == shift
        epoch += 1


# Optimisers.

def rate_share(step):
    """Warm-up, stable, linear decay."""
    share = min(1, (step + 1) / WARM_UP)
    begin, end = COOL_DOWN
    return share * (end - step) / (end - begin) if step >= begin else share


class AdamW:
    """Loshchilov and Hutter (2019); gains and biases do not decay."""

    def __init__(self, tensor, role):
        self.m, self.v = torch.zeros_like(tensor), torch.zeros_like(tensor)
        self.decay = DECAY if role in ("matrix", "head", "embedding") else 0

    def step(self, step, share, tensor, gradient):
        self.m = BETA1 * self.m + (1 - BETA1) * gradient
        self.v = BETA2 * self.v + (1 - BETA2) * gradient**2
        m, v = self.m / (1 - BETA1 ** (step + 1)), self.v / (1 - BETA2 ** (step + 1))
        return tensor - RATE * share * (m / (v.sqrt() + EPSILON) + self.decay * tensor)


class Muon:
    """Jordan et al. (2024), with the length of a step from Liu et al. (2025)."""

    def __init__(self, tensor, role):
        self.momentum = torch.zeros_like(tensor)

    def step(self, step, share, tensor, gradient):
        momentum = FIRST_MOMENTUM + (MOMENTUM - FIRST_MOMENTUM) * min(1, step / MOMENTUM_WARM_UP)
        self.momentum = momentum * self.momentum + gradient
        update = newton_schulz(momentum * self.momentum + gradient)
        rate = MATRIX_RATE * share
        return (1 - rate * DECAY) * tensor - rate * 0.2 * max(tensor.shape) ** 0.5 * update


def newton_schulz(gradient):
    """Five iterations from a matrix of length 1/1.01, lying down."""
    x = gradient.T if gradient.shape[0] > gradient.shape[1] else gradient
    x = x / (1.01 * x.norm())
    for _ in range(5):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x.T if gradient.shape[0] > gradient.shape[1] else x


def run(network, optimiser):
    """Loss and gradient's length of each step."""
    states = {
        name: (Muon if optimiser == "muon" and role == "matrix" else AdamW)(network[name].detach(), role)
        for name, role in network.roles.items()
    }
    batches = streams() if network.is_recurrent else windows()
    for step in range(STEPS):
        batch, is_fresh = next(batches)
        inputs, targets = (torch.tensor(part) for part in zip(*batch))
        loss = F.cross_entropy(network.logits(inputs, is_fresh).flatten(0, 1), targets.flatten())
        gradients = dict(zip(network.tensors, torch.autograd.grad(loss, list(network.tensors.values()))))
        norm = math.sqrt(sum(gradient.square().sum().item() for gradient in gradients.values()))
        for name, gradient in gradients.items():
            gradient = gradient * min(1, CLIP / norm)
            moved = states[name].step(step, rate_share(step), network[name].detach(), gradient)
            network.tensors[name] = moved.requires_grad_()
        yield loss.item() / math.log(2), norm


def table():
    for name, network in ("transformer", Transformer), ("gru", GRU):
        for optimiser in "adamw", "muon":
            for step, (bits, norm) in enumerate(run(network(), optimiser)):
                yield f"{name}\t{optimiser}\t{step}\t{bits:.9f}\t{norm:.9f}"


def check():
    committed = [row.split("\t") for row in (HERE / "neural_training.tsv").read_text().splitlines()]
    rows = [row.split("\t") for row in table()]
    pairs = list(zip(committed, rows, strict=True))
    assert all(a[:3] == b[:3] for a, b in pairs), "the tables are of different things"
    worst = max(abs(float(x) / float(y) - 1) for a, b in pairs for x, y in zip(a[3:], b[3:]))
    print(f"{len(rows)} steps, the largest relative difference {worst:.1e}")
    sys.exit(worst > 1e-6)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if sys.argv[1:] == ["check"]:
        check()
    elif not sys.argv[1:]:
        print("\n".join(table()))
    else:
        sys.exit(__doc__)

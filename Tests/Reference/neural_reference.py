#!/usr/bin/env python3
"""Networks as PyTorch computes them, which shares no code with ours, for comparison in tests.

    pip install torch safetensors numpy
    neural_reference.py                     prints what the committed models say of a text (tab-separated)
    neural_reference.py check               compares that with the committed table
    neural_reference.py make                makes the committed models anew, from seeds
    neural_reference.py bpb MODEL TEXT      bits per byte of a file under any model that bpb trained

Rows are "logit MODEL PLACE BYTE VALUE", the logit of a byte at a place of the text, and "bpb MODEL VALUE". A model
is read from a safetensors file with PyTorch's names of the tensors; its shape comes from the text `architecture` in
the metadata, or from the tensors. The committed table is made by

    neural_reference.py > neural_reference.tsv
"""

import math
import pathlib
import sys

import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).parent
TEXT = b"The wind, the wend and the wand.\nA \xffstrange\x00 line, \xc3\xa4nd th\xc3\xa9n the wind again and again.\n" * 2
# The byte that every stream begins after.
FIRST = 10


class Model:
    """The tensors of a file in single precision, and the sizes that its text tells."""

    def __init__(self, path):
        with safe_open(str(path), framework="pt") as file:
            self.tensors = {name: file.get_tensor(name).float() for name in file.keys()}
            self.metadata = file.metadata() or {}
        kind, *options = self.metadata.get("architecture", "").split(":")
        self.sizes = dict(option.split("=") for option in options)
        self.kind = kind or ("gru" if "rnn.weight_hh_l0" in self.tensors else "transformer")
        self.sizes = {**self.metadata, **self.sizes}

    def __getitem__(self, name):
        return self.tensors[name]

    def size(self, name):
        return int(self.sizes[name])

    def logits(self, inputs):
        """[bytes][256] for a tensor of bytes, read from the beginning of a sequence."""
        with torch.no_grad():
            return {"mlp": mlp, "gru": recurrent, "lstm": recurrent, "transformer": transformer}[self.kind](
                self, inputs)

    @property
    def window(self):
        """How many bytes a sequence holds; None where there is no end."""
        return self.size("context") if self.kind == "transformer" else None


def mlp(model, inputs):
    """Bengio et al. (2003): the last bytes' embeddings side by side, the latest first, zeros before the first."""
    context = model.size("context")
    embedded = F.embedding(inputs, model["embedding.weight"])
    padded = torch.cat([torch.zeros(context - 1, embedded.shape[1]), embedded])
    x = torch.cat([padded[context - 1 - age:len(padded) - age] for age in range(context)], dim=1)
    layer = 0
    while f"hidden.{layer}.weight" in model.tensors:
        x = torch.tanh(F.linear(x, model[f"hidden.{layer}.weight"], model[f"hidden.{layer}.bias"]))
        layer += 1
    return F.linear(x, model["head.weight"], model["head.bias"])


def recurrent(model, inputs):
    """torch.nn.GRU or LSTM between an embedding and a linear head."""
    hidden = model["rnn.weight_hh_l0"].shape[1]
    is_lstm = model["rnn.weight_hh_l0"].shape[0] == 4 * hidden
    layers = sum(name.startswith("rnn.weight_ih_l") for name in model.tensors)
    embedded = F.embedding(inputs, model["embedding.weight"])
    rnn = (torch.nn.LSTM if is_lstm else torch.nn.GRU)(embedded.shape[1], hidden, layers)
    rnn.load_state_dict({name[4:]: t for name, t in model.tensors.items() if name.startswith("rnn.")})
    return F.linear(rnn(embedded)[0], model["head.weight"], model["head.bias"])


def norm(x):
    """Zhang and Sennrich (2019), without a gain."""
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6)


def rotate(x):
    """Su et al. (2021): element d of a head and element d + half turn together. [time][heads][width]."""
    time, _, width = x.shape
    half = width // 2
    angles = torch.outer(
        torch.arange(time, dtype=torch.float64), 10000.0 ** (-torch.arange(half, dtype=torch.float64) / half))
    cosine, sine = (f(angles).float()[:, None, :] for f in (torch.cos, torch.sin))
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * cosine - b * sine, a * sine + b * cosine], dim=-1)


def transformer(model, inputs):
    heads = model.size("heads")
    activation = model.sizes.get("activation", "relu2")
    x = F.embedding(inputs, model["embedding.weight"])
    back = 1
    while f"lookback.{back}.weight" in model.tensors:
        x[back:] += F.embedding(inputs[:-back], model[f"lookback.{back}.weight"])
        back += 1
    x = norm(x)
    time, width = x.shape
    layer = 0
    while f"layers.{layer}.norm1.weight" in model.tensors:
        name = f"layers.{layer}."
        y = norm(x) * model[name + "norm1.weight"]
        q, k, v = (part.view(time, heads, width // heads)
                   for part in F.linear(y, model[name + "attention.qkv.weight"]).split(width, dim=1))
        q, k = rotate(norm(q)), rotate(norm(k))
        out = F.scaled_dot_product_attention(
            q.transpose(0, 1), k.transpose(0, 1), v.transpose(0, 1), is_causal=True)
        x = x + F.linear(out.transpose(0, 1).reshape(time, width), model[name + "attention.out.weight"])
        y = F.linear(norm(x) * model[name + "norm2.weight"], model[name + "mlp.up.weight"])
        y = F.relu(y).square() if activation == "relu2" else F.gelu(y, approximate="tanh")
        x = x + F.linear(y, model[name + "mlp.down.weight"])
        layer += 1
    head = model.tensors.get("head.weight", model["embedding.weight"])
    return F.linear(norm(x) * model["norm.weight"], head)


def stream_logits(model, text):
    """Logits of each byte of a stream, in windows where a sequence has an end: a full window is followed by one that
    begins with its second half."""
    inputs = torch.tensor([FIRST] + list(text[:-1]))
    window = model.window
    if window is None or len(inputs) <= window:
        return model.logits(inputs)
    stride = max(1, window // 2)
    rows = [model.logits(inputs[:window])]
    for start in range(window, len(inputs), stride):
        context = window - stride
        rows.append(model.logits(inputs[start - context:start + stride])[context:])
    return torch.cat(rows)


def bits_per_byte(logits, text):
    nats = F.cross_entropy(logits.double(), torch.tensor(list(text)), reduction="mean")
    return nats.item() / math.log(2)


# The committed models: name, what the metadata say, and the type of the numbers.
MODELS = [
    ("mlp", {"architecture": "mlp:context=3:embedding=4:width=9:layers=2"}, torch.float32),
    ("gru", {"architecture": "gru:width=7:layers=2:embedding=5"}, torch.float32),
    # Says nothing of itself, as a checkpoint of somebody else's.
    ("lstm", {}, torch.float16),
    ("transformer", {"architecture": "transformer:layers=2:width=16:heads=2:context=24"}, torch.float32),
    ("transformer-own", {"heads": "1", "context": "20"}, torch.bfloat16),
    ("transformer-lookback", {"heads": "2", "context": "24"}, torch.bfloat16),
]


def shapes(name):
    def rnn(gates, embedding, width, layers):
        for layer in range(layers):
            yield f"rnn.weight_ih_l{layer}", (gates * width, width if layer else embedding)
            yield f"rnn.weight_hh_l{layer}", (gates * width, width)
            yield f"rnn.bias_ih_l{layer}", (gates * width,)
            yield f"rnn.bias_hh_l{layer}", (gates * width,)

    def layers(count, width):
        for layer in range(count):
            yield f"layers.{layer}.norm1.weight", (width,)
            yield f"layers.{layer}.attention.qkv.weight", (3 * width, width)
            yield f"layers.{layer}.attention.out.weight", (width, width)
            yield f"layers.{layer}.norm2.weight", (width,)
            yield f"layers.{layer}.mlp.up.weight", (4 * width, width)
            yield f"layers.{layer}.mlp.down.weight", (width, 4 * width)
        yield "norm.weight", (width,)

    return {
        "mlp": [("embedding.weight", (256, 4)), ("hidden.0.weight", (9, 12)), ("hidden.0.bias", (9,)),
                ("hidden.1.weight", (9, 9)), ("hidden.1.bias", (9,)), ("head.weight", (256, 9)),
                ("head.bias", (256,))],
        "gru": [("embedding.weight", (256, 5)), *rnn(3, 5, 7, 2), ("head.weight", (256, 7)),
                ("head.bias", (256,))],
        "lstm": [("embedding.weight", (256, 3)), *rnn(4, 3, 6, 1), ("head.weight", (256, 6)),
                 ("head.bias", (256,))],
        "transformer": [("embedding.weight", (256, 16)), *layers(2, 16)],
        "transformer-own": [("embedding.weight", (256, 10)), *layers(1, 10), ("head.weight", (256, 10))],
        "transformer-lookback": [("embedding.weight", (256, 8)), ("lookback.1.weight", (256, 8)),
                                 ("lookback.2.weight", (256, 8)), *layers(1, 8)],
    }[name]


def make():
    """Weights large enough that every part of a network shows in its logits."""
    for seed, (name, metadata, dtype) in enumerate(MODELS):
        generator = torch.Generator().manual_seed(seed)
        tensors = {}
        for tensor, shape in shapes(name):
            values = torch.randn(shape, generator=generator)
            is_gain = "norm" in tensor
            is_head = tensor != "embedding.weight" or name in ("transformer", "transformer-lookback")
            scale = 0.3 if len(shape) == 1 else shape[-1] ** -0.5 if is_head else 1.0
            tensors[tensor] = ((1 if is_gain else 0) + values * (0.2 if is_gain else 1.5 * scale)).to(dtype)
        save_file(tensors, str(HERE / "neural" / f"{name}.safetensors"), metadata=metadata or None)


def table():
    """Rows of the committed table."""
    for name, _, _ in MODELS:
        model = Model(HERE / "neural" / f"{name}.safetensors")
        model.kind = "lstm" if name == "lstm" else name.partition("-")[0]
        logits = stream_logits(model, TEXT)
        for place in [0, 1, 2, 11, 12, 23, 24, 37, 100, len(TEXT) - 1]:
            for byte in range(place % 16, 256, 16):
                yield f"logit\t{name}\t{place}\t{byte}\t{logits[place][byte].item():.6f}"
        yield f"bpb\t{name}\t{bits_per_byte(logits, TEXT):.8f}"


def check():
    """Another version of PyTorch may add up in another order: by so much a value may differ."""
    committed = (HERE / "neural_reference.tsv").read_text().splitlines()
    rows = list(table())
    pairs = [(a.rpartition("\t"), b.rpartition("\t")) for a, b in zip(committed, rows, strict=True)]
    assert all(a[0] == b[0] for a, b in pairs), "the tables are of different things"
    worst = max(abs(float(a[2]) - float(b[2])) for a, b in pairs)
    print(f"{len(rows)} values, the largest difference {worst:.1e}")
    sys.exit(worst > 2e-5)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if sys.argv[1:] == ["make"]:
        make()
    elif sys.argv[1:] == ["check"]:
        check()
    elif sys.argv[1:2] == ["bpb"] and len(sys.argv) == 4:
        model, text = Model(sys.argv[2]), pathlib.Path(sys.argv[3]).read_bytes()
        print(f"{bits_per_byte(stream_logits(model, text), text):.6f}")
    elif not sys.argv[1:]:
        print("\n".join(table()))
    else:
        sys.exit(__doc__)

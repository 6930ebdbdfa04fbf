"""From torch to what ships: one ONNX graph a tier, its matrices in eight bits."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import onnx
import torch
from eight import Feeds, in_eight_bits
from lean import lean
from network import CLASSES, FLAGS, Encoder, Heads, mean
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

FIELDS = {**{name: len(kinds) for name, kinds in CLASSES.items()}, **dict.fromkeys(FLAGS, 1)}
OUTPUTS = ["logits", "themes", "attitude", "evidence", "pieces", "embedding"]


class Whole(nn.Module):
    """Encoder and heads as one graph."""

    def __init__(self, encoder: Encoder, heads: Heads) -> None:
        super().__init__()
        self.encoder, self.heads = encoder, heads

    def forward(self, ids: torch.Tensor, attend: torch.Tensor) -> tuple[torch.Tensor, ...]:
        states = self.encoder(ids, attend)
        out = self.heads(states, attend)
        logits = torch.cat([out[name].reshape(ids.shape[0], size) for name, size in FIELDS.items()], 1)
        evidence = torch.sigmoid(out["evidence"]) * attend[..., None]
        attitude = self.heads.attitudes(states, attend, evidence)
        pieces = self.heads.meaning(states)
        meaning = mean(pieces, attend)
        embedding = meaning / meaning.norm(dim=1, keepdim=True).clamp_min(1e-9)
        return logits, out["themes"], attitude, evidence, pieces, embedding


def export(encoder: Encoder, heads: Heads, tried: Iterable[Feeds], to: Path) -> None:
    """Write ``to``: the encoder's matrices and pieces in eight bits, the heads as they are. ``tried``: inputs to take the scales from."""
    whole = Whole(encoder, heads).eval()
    ids, attend = torch.randint(4, 100, (2, 7)), torch.ones(2, 7)
    with tempfile.TemporaryDirectory() as folder:
        plain, ready, pieces = (Path(folder) / f"{name}.onnx" for name in ("plain", "ready", "pieces"))
        torch.onnx.export(
            whole,
            (ids, attend),
            str(plain),
            input_names=["ids", "attend"],
            output_names=OUTPUTS,
            dynamic_axes={
                **{name: {0: "rows", 1: "length"} for name in ("ids", "attend", "evidence", "pieces")},
                **{name: {0: "rows"} for name in ("logits", "themes", "attitude", "embedding")},
            },
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(pieces), weight_type=QuantType.QInt8, op_types_to_quantize=["Gather"])
        model = onnx.load(str(pieces))
        in_eight_bits(model, tried, lambda node: node.name.startswith("/encoder"))
        onnx.save(lean(model), str(to))

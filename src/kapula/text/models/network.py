"""A network of one tier: texts in, numbers for every field out. Which words they become is decided elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from kapula.text.models import grams

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

Floats = npt.NDArray[np.float32]

PIECES: Final = 256  # pieces of a text that are read; ``prepare.parts`` keeps texts below it but for the strangest
PADDED: Final = 512  # pieces of a batch, filling included: what fits the processor's cache is read quickest
LANGUAGE: Final = 1.0  # of what is said of the language, the share of the groups of letters: they know many
SMALL: Final = 16  # fewer texts than this are not worth a second thread


@dataclass(frozen=True, slots=True)
class Reading:
    """Of one text. ``logits``: field → its classes. ``themes``: log odds by code. ``attitude``: (codes, sentiments).

    ``offsets``: (pieces, 2) positions of each piece in the text; ``evidence``: (pieces, codes) probability that the piece shows the theme;
    ``pieces``: (pieces, 384), whose mean, made one long, is ``embedding``: (384,).
    """

    logits: dict[str, Floats]
    themes: Floats
    attitude: Floats
    evidence: Floats
    offsets: npt.NDArray[np.int32]
    pieces: Floats
    embedding: Floats


@dataclass(frozen=True, slots=True)
class Settings:
    """What training left beside the weights: version, order of the fields' classes, temperatures and thresholds.

    ``share`` of what is said by groups of letters and words (``grams``), the rest by the network.
    """

    version: str
    fields: dict[str, int]
    temperature: float
    abstain: float
    thresholds: dict[str, float]
    share: float


class Network:
    """Reads texts with one tier's weights. Safe to use from several threads."""

    def __init__(
        self, session: InferenceSession, tokenizer: Tokenizer, settings: Settings, beside: grams.Grams
    ) -> None:
        self._session, self._tokenizer, self.settings, self._beside = session, tokenizer, settings, beside

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading a text, in order; no text may be empty of words (see ``prepare.is_wordless``)."""
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=True)
        beside = self._beside.read(texts)
        groups = list(_groups([len(one.ids) for one in encoded]))
        threads = min(_cores(), len(groups)) if len(texts) >= SMALL else 1

        def work(group: list[int]) -> list[Reading]:
            return self._batch([encoded[i] for i in group], {name: told[group] for name, told in beside.items()})

        if threads > 1:
            with ThreadPoolExecutor(threads) as pool:
                found = list(pool.map(work, groups))
        else:
            found = [work(group) for group in groups]
        placed: list[Reading | None] = [None] * len(texts)
        for group, readings in zip(groups, found, strict=True):
            for index, reading in zip(group, readings, strict=True):
                placed[index] = reading
        return [reading for reading in placed if reading is not None]

    def _batch(self, encoded: list[Encoding], beside: dict[str, Floats]) -> list[Reading]:
        length = max(len(one.ids) for one in encoded)
        ids = np.ones((len(encoded), length), np.int64)
        attend = np.zeros((len(encoded), length), np.float32)
        for row, one in enumerate(encoded):
            ids[row, : len(one.ids)] = one.ids
            attend[row, : len(one.ids)] = 1
        names = ["logits", "themes", "attitude", "evidence", "pieces", "embedding"]
        logits, themes, attitude, evidence, pieces, embedding = self._session.run(names, {"ids": ids, "attend": attend})
        fields = list(self.settings.fields)
        cuts = np.cumsum(list(self.settings.fields.values()))[:-1]
        told = dict(zip(fields, np.split(logits, cuts, axis=1), strict=True)) | {"themes": themes}
        share = dict.fromkeys(beside, self.settings.share) | {"language": LANGUAGE}
        told |= {name: (1 - share[name]) * told[name] + share[name] * said for name, said in beside.items()}
        return [
            Reading(
                {name: told[name][row] for name in fields},
                told["themes"][row],
                attitude[row],
                evidence[row, : len(one.ids)],
                np.asarray(one.offsets, np.int32),
                pieces[row, : len(one.ids)],
                embedding[row],
            )
            for row, one in enumerate(encoded)
        ]


def _groups(lengths: list[int]) -> Iterator[list[int]]:
    """Texts of like length together, PADDED pieces at most in each group."""
    group: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and (len(group) + 1) * lengths[index] > PADDED:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


@cache
def load(tier: str) -> Network:
    """The network of ``careful`` or ``fast``; read from disk once."""
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = 1  # several texts at once instead: threads of one multiplication wait for each other
    options.log_severity_level = 3
    home = files(__package__)
    tokenizer = Tokenizer.from_str((home / "pieces.json").read_text(encoding="utf-8"))
    tokenizer.enable_truncation(PIECES)
    with as_file(home / f"{tier}.onnx") as path:
        session = InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=[
                "SkipLayerNormFusion"
            ],  # the fused one is slower than its two parts (measured with 1.31)
        )
    return Network(session, tokenizer, settings(tier), grams.load())


@cache
def settings(tier: str) -> Settings:
    """What stands beside the weights, without reading them."""
    told: dict[str, Any] = json.loads((files(__package__) / f"{tier}.json").read_text(encoding="utf-8"))
    return Settings(**told)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""A network of one tier: texts in, numbers for every field out. Which words they become is decided elsewhere."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from kapula.text.models import grams

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

Floats = npt.NDArray[np.float32]
T = TypeVar("T")
U = TypeVar("U")

PIECES: Final = 256  # pieces of a text that are read; ``prepare.parts`` keeps texts below it but for the strangest
PADDED: Final = 512  # pieces of a batch, filling included: what fits the processor's cache is read quickest
LANGUAGE: Final = 1.0  # of what is said of the language, the share of the groups of letters: they know many
SMALL: Final = 16  # fewer texts than this are not worth a second thread


@dataclass(frozen=True, slots=True)
class Reading:
    """Of one text. ``logits``: field → its classes. ``themes``: log odds by code. ``attitude``: (codes, sentiments).

    ``offsets``: the positions of each piece in the text; ``evidence``: (pieces, codes) probability that the piece shows the theme;
    ``states``: (pieces, 384) what the network made of each, which ``meaning`` tells the meaning of; ``embedding``: (384,).
    """

    logits: dict[str, Floats]
    themes: Floats
    attitude: Floats
    evidence: Floats
    offsets: list[tuple[int, int]]
    states: Floats
    meaning: Meaning
    embedding: Floats

    @property
    def pieces(self) -> Floats:
        """(pieces, 384), whose mean, made one long, is ``embedding``."""
        return self.states @ self.meaning.weights + self.meaning.bias


@dataclass(frozen=True, slots=True)
class Meaning:
    """``weights``: (384, 384). ``bias``: (384,)."""

    weights: Floats
    bias: Floats


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
        nothing = {"ids": np.ones((1, 1), np.int64), "attend": np.ones((1, 1), np.float32)}
        self._meaning = Meaning(*session.run(["meaning", "meaning bias"], nothing))

    def read(self, texts: Sequence[str], threads: int | None = None) -> list[Reading]:
        """One reading a text, in order; no text may be empty of words (see ``prepare.is_wordless``). ``threads``: as many as there are
        cores, unless told."""
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=True)
        beside = self._beside.read(texts)
        groups = list(_groups([len(one.ids) for one in encoded]))
        some = cores() if threads is None and len(texts) >= SMALL else threads or 1

        def work(group: list[int]) -> list[Reading]:
            return self._batch([encoded[i] for i in group], {name: told[group] for name, told in beside.items()})

        found = list(side_by_side(work, groups, some))
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
        names = ["logits", "themes", "attitude", "evidence", "states", "embedding"]
        logits, themes, attitude, evidence, states, embedding = self._session.run(names, {"ids": ids, "attend": attend})
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
                one.offsets,
                states[row, : len(one.ids)],
                self._meaning,
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


def side_by_side(work: Callable[[T], U], items: Sequence[T], threads: int | None = None) -> Iterator[U]:
    """What ``work`` makes of each item, in their order, as many at a time as there are cores; not many more are begun than taken."""
    threads = min(len(items), threads or cores())
    if threads < 2:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[U]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > 2 * threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for one in waiting:
                one.cancel()


def cores() -> int:
    """Those this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

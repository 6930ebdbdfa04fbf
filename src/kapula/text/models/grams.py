"""What groups of letters and pairs of words say by themselves: a linear reading beside the network's, which errs in other comments.

Groups are told apart by the place their hash falls to (Weinberger and others 2009, "Feature hashing for large scale multitask learning"),
so no list of them is kept, and a typing error leaves most of a word's groups as they were.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]

BITS: Final = 16
LENGTHS: Final = range(3, 7)  # letters of a group, within a word and its borders
TOKEN: Final = re.compile(r"\w+|[^\w\s]")
DIGIT: Final = re.compile(r"\d")
STEP: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, so that its powers can be undone
BACK: Final = np.uint64(pow(int(STEP), -1, 1 << 64))
SPACE: Final = 32


@dataclass(frozen=True, slots=True)
class Grams:
    """``weights``: (places, outputs). ``bias``: (outputs,). ``rarity``: (places,), what a group counts for: the rarer, the more.
    ``columns``: field → its outputs, ``themes`` among them."""

    weights: Floats
    bias: Floats
    rarity: Floats
    columns: dict[str, slice]

    def read(self, texts: Sequence[str]) -> dict[str, Floats]:
        """Log odds of every field's classes: (texts, classes)."""
        from scipy.sparse import csr_array  # heavy, and only this needs it

        places, rows = groups(texts)
        order = np.argsort(rows, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(texts)))])
        counts = csr_array((self.rarity[places[order]], places[order], starts), shape=(len(texts), len(self.rarity)))
        long = np.sqrt(np.bincount(rows, self.rarity[places] ** 2, minlength=len(texts))).astype(np.float32)
        told = counts @ self.weights / np.maximum(long, 1e-9)[:, None] + self.bias
        return {name: told[:, where] for name, where in self.columns.items()}

    def by_word(self, words: Sequence[str], field: str, classes: int) -> tuple[Doubles, Doubles, Floats]:
        """What each word alone adds to a field's first ``classes``: (words, classes), its groups' squares: (words,), and the bias:
        (classes,).

        The log odds of a stretch of words are its sums over the root of its squares' sum, and the bias; pairs of words are left out.
        """
        places, rows = groups(words)
        start = self.columns[field].start
        weights, rarity = self.weights[places, start : start + classes], self.rarity[places]
        told = [np.bincount(rows, rarity * weights[:, k], minlength=len(words)) for k in range(classes)]
        squares = np.bincount(rows, rarity**2, minlength=len(words)).astype(np.float64)
        return np.stack(told, axis=1), squares, self.bias[start : start + classes]


def groups(texts: Sequence[str]) -> tuple[Places, Places]:
    """(Where each group of letters, word and pair of words falls, which text it is of)."""
    signs = [f" {' '.join(TOKEN.findall(unicodedata.normalize('NFC', text).lower()))} " for text in texts]
    joined = DIGIT.sub("0", "".join(signs))
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    rows = np.repeat(np.arange(len(texts)), [len(one) for one in signs])
    stretch = _Stretches(codes)
    found = [_letters(stretch, codes == SPACE, rows, length) for length in LENGTHS] + _words(
        stretch, codes == SPACE, rows
    )
    hashes = np.concatenate([one for one, _ in found])
    return (hashes >> np.uint64(64 - BITS)).astype(np.intp), np.concatenate([of for _, of in found])


class _Stretches:
    """A hash of any stretch of the text from two sums: Σ code·STEP^place, moved back to where the stretch begins."""

    def __init__(self, codes: Hashes) -> None:
        powers = np.cumprod(np.concatenate([[np.uint64(1)], np.full(len(codes), STEP)]), dtype=np.uint64)
        self._back = np.cumprod(np.concatenate([[np.uint64(1)], np.full(len(codes), BACK)]), dtype=np.uint64)
        self._sums = np.concatenate([[np.uint64(0)], np.cumsum((codes + np.uint64(1)) * powers[:-1], dtype=np.uint64)])

    def __call__(self, start: Places, end: Places) -> Hashes:
        return mixed((self._sums[end] - self._sums[start]) * self._back[start])


def mixed(hashes: Hashes) -> Hashes:
    """Every bit hangs on every other (the finish of SplitMix64; Steele and others 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _letters(stretch: _Stretches, space: npt.NDArray[np.bool_], rows: Places, length: int) -> tuple[Hashes, Places]:
    start = np.arange(max(0, len(rows) - length + 1))
    spaces = np.concatenate([[0], np.cumsum(space)])
    within = (spaces[start + length - 1] == spaces[start + 1]) & (rows[start] == rows[start + length - 1])
    start = start[within]
    return stretch(start, start + length), rows[start]


def _words(stretch: _Stretches, space: npt.NDArray[np.bool_], rows: Places) -> list[tuple[Hashes, Places]]:
    starts = np.flatnonzero(space[:-1] & ~space[1:]) + 1
    word, of = stretch(starts, np.flatnonzero(~space[:-1] & space[1:]) + 1), rows[starts]
    same = of[:-1] == of[1:]
    pair = mixed(word[:-1][same] * np.uint64(3) + word[1:][same] * np.uint64(5))
    return [(mixed(word + np.uint64(2)), of), (pair, of[:-1][same])]


@cache
def load() -> Grams:
    """What ships; read from disk once. ``weights`` are kept in eight bits, to be multiplied by ``scale``; ``fields`` names every output."""
    with as_file(files(__package__) / "grams.npz") as path, np.load(path) as kept:
        fields = kept["fields"].tolist()
        columns = {name: slice(fields.index(name), fields.index(name) + fields.count(name)) for name in fields}
        rarity = kept["rarity"].astype(np.float32)
        return Grams(kept["weights"] * kept["scale"], kept["bias"], rarity, columns)

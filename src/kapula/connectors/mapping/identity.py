"""External ids, and rows that repeat."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kapula.connectors.mapping.engine import Engine
from kapula.connectors.mapping.seen import Seen

Mask = NDArray[np.bool_]


class Identity:
    """Every row's external id: the file's own, or the content's hash with its turn among rows of equal content."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._contents = Seen()
        self._keys = Seen()
        self._wholes = Seen()

    def made(self, contents: pa.Array) -> pa.Array:
        """Ids for rows that have none: ``hash``, ``hash-2``, ``hash-3`` …"""
        turns = self._contents.occurrence(self._engine.keys(contents))
        if not (turns > 1).any():
            return contents
        numbered = pc.binary_join_element_wise(contents, pc.cast(pa.array(turns), pa.string()), "-")
        return pc.if_else(pa.array(turns > 1), numbered, contents)

    def completed(self, given: pa.Array, contents: pa.Array) -> pa.Array:
        """The given ids, with made ones where there is none: a row that has an id takes no turn."""
        if not given.null_count:
            return given
        lacking = given.is_null()
        return pc.replace_with_mask(given, lacking, self.made(contents.filter(lacking)))

    def twins(self, keys: pa.Array, contents: pa.Array) -> tuple[Mask, Mask]:
        """For each key: an earlier row had it with the same content; an earlier row had it with other content."""
        key_turn = self._keys.occurrence(self._engine.keys(keys))
        wholes = pc.binary_join_element_wise(keys, contents, "\x1f")
        same = self._wholes.occurrence(self._engine.keys(wholes)) > 1
        return same, (key_turn > 1) & ~same

    def close(self) -> None:
        for seen in (self._contents, self._keys, self._wholes):
            seen.close()

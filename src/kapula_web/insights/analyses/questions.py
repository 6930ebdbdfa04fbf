"""One question as a person asks it: the page, the data at this moment, and what was chosen. From it come the key of the answer and the
address that others can open."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses.contract import AnalysisPage, Chosen, Data
from kapula_web.insights.figures.reading import desk_of
from kapula_web.insights.words.labels import Names

OWN = "own"
"""The parameter that says that an address holds every choice: a box that is not there was left unticked."""


@dataclass(frozen=True, slots=True)
class Question:
    """``chosen``: plain JSON (see :func:`plain`)."""

    page: AnalysisPage
    data: Data
    chosen: Chosen

    @property
    def key(self) -> str:
        """A digest of everything the answer rests on."""
        return _digest([self.same, self.data.desk.snapshot.version, self.data.desk.minimum_n, self.made_with])

    @property
    def made_with(self) -> str:
        """The release of library and page: another may answer otherwise, and cannot tell this one's answer."""
        return f"{library()}/{self.page.revision}"

    @property
    def same(self) -> str:
        """A digest of the question alone, whatever the data."""
        return _digest([self.page.name, self.chosen])

    @property
    def query(self) -> str:
        """The choices as the part of an address after "?"."""
        pairs: list[tuple[str, str]] = []
        for name, value in self.chosen.items():
            several = value if isinstance(value, list) else [value]
            pairs += [
                (name, "on" if one is True else str(one)) for one in several if one is not None and one is not False
            ]
        return urlencode([*pairs, (OWN, "1")])


def data_of(organisation: Organisation) -> Data:
    """The organisation's data at this moment."""
    return Data(organisation, desk_of(organisation), Names.of(organisation), timezone.localdate())


def plain(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Choices as plain JSON: days as ISO text, several values as a list."""
    return {name: _plain(value) for name, value in chosen.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return value


def _digest(rests: Any) -> str:
    return hashlib.sha256(json.dumps(rests, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@lru_cache(maxsize=1)
def library() -> str:
    """The library's version."""
    try:
        return version("kapula")
    except PackageNotFoundError:  # run from the sources
        return ""

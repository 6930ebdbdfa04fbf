"""A codebook as data: the default one in three languages, an organisation's own from a file or from its pages."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml

from kapula.errors import SourceError
from kapula.text import labels

OWN_THEMES: Final = "2: telling words"
"""How themes the model does not know are found; changes when that does, and with it the version of codebooks that have such."""
CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True, slots=True)
class Theme:
    """``names`` and ``descriptions``: by language. ``examples``: phrases a customer would use, in any language.

    ``threshold``: how probable the theme must be to be named; None: the model's own.
    """

    code: str
    names: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    colour: str = ""
    threshold: float | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "names": dict(self.names),
            "descriptions": dict(self.descriptions),
            "examples": list(self.examples),
            "colour": self.colour,
            "threshold": self.threshold,
        }


@dataclass(frozen=True, slots=True)
class Head:
    """What corrections taught of one theme: log odds = ``trust`` · the model's own log odds + ``weights`` · embedding + ``bias``.

    ``weights``: one number for each of the embedding's directions. Of a theme the model does not know, its own view is what the telling
    words of the example phrases say (:mod:`kapula.text.codebook.words`).
    ``tier``: whose embeddings it was learned on.
    """

    weights: tuple[float, ...]
    bias: float
    trust: float
    n: int
    tier: str = "careful"


@dataclass(frozen=True, slots=True)
class Codebook:
    """Themes in their order, and the heads of those that have been taught."""

    themes: tuple[Theme, ...]
    heads: Mapping[str, Head] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(theme.code for theme in self.themes)

    @property
    def version(self) -> str:
        """Twelve characters that change when anything that can change a label does. Names and colours cannot."""
        told: list[Any] = [(theme.code, list(theme.examples), theme.threshold) for theme in self.themes]
        if any(theme.code not in labels.THEMES for theme in self.themes):
            told.append(OWN_THEMES)
        heads = [(code, head.weights, head.bias, head.trust) for code, head in sorted(self.heads.items())]
        return hashlib.sha256(json.dumps([told, heads], ensure_ascii=False).encode()).hexdigest()[:12]

    def with_heads(self, heads: Mapping[str, Head]) -> Codebook:
        return replace(self, heads={**self.heads, **heads})

    def to_dict(self) -> dict[str, Any]:
        return {"themes": [theme.to_dict() for theme in self.themes]}


@cache
def default() -> Codebook:
    """Fourteen themes of customer experience, named and described in Finnish, Swedish and English."""
    return codebook_of(
        yaml.safe_load((files(__package__) / "default.yaml").read_text(encoding="utf-8")), "default.yaml"
    )


def read(path: str | Path) -> Codebook:
    """A codebook from a YAML or JSON file: ``themes``, a list of code, names, descriptions, examples, colour.

    Raises SourceError when the file says something else; what and where stand in the error.
    """
    try:
        told = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SourceError(
            f"The codebook {path} cannot be read: {error}.",
            hint="Give a YAML file in UTF-8.",
            path=str(path),
            reason=str(error),
        ) from error
    return codebook_of(told, str(path))


def codebook_of(told: Any, where: str = "") -> Codebook:
    """What a codebook's file says, as a codebook. Raises SourceError; ``where``: the file, for the error."""
    rows = told.get("themes") if isinstance(told, Mapping) else None
    if not isinstance(rows, list) or not rows:
        raise SourceError("a codebook is a list of themes under the key 'themes'", path=where)
    themes = tuple(_theme(row, where) for row in rows)
    codes = [theme.code for theme in themes]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise SourceError("a theme's code must be its own", path=where, codes=twice)
    return Codebook(themes)


def _theme(row: Any, where: str) -> Theme:
    code = row.get("code") if isinstance(row, Mapping) else row
    if not isinstance(row, Mapping) or not isinstance(code, str) or not CODE.fullmatch(code):
        raise SourceError("a theme needs a code of small letters, digits and underscores", path=where, code=str(code))
    if wrong := sorted(str(name) for name in row if name not in _FITS or not _FITS[name](row[name])):
        raise SourceError(
            "a theme has names and descriptions (words by language), examples (a list of phrases), colour and threshold (a number "
            "between 0 and 1)",
            path=where,
            code=code,
            wrong=wrong,
        )
    examples = tuple(row.get("examples") or ())
    if code not in labels.THEMES and not examples:
        raise SourceError(
            "a theme of one's own needs an example phrase: without one it is never found", path=where, code=code
        )
    names, descriptions = row.get("names") or {}, row.get("descriptions") or {}
    return Theme(code, dict(names), dict(descriptions), examples, row.get("colour") or "", row.get("threshold"))


def _by_language(told: Any) -> bool:
    return told is None or (
        isinstance(told, Mapping) and all(isinstance(one, str) for pair in told.items() for one in pair)
    )


def _phrases(told: Any) -> bool:
    return told is None or (
        isinstance(told, list | tuple) and all(isinstance(one, str) and one.strip() for one in told)
    )


def _probability(told: Any) -> bool:
    return told is None or (isinstance(told, int | float) and not isinstance(told, bool) and 0 < told < 1)


_FITS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "code": lambda told: True,
    "names": _by_language,
    "descriptions": _by_language,
    "examples": _phrases,
    "colour": lambda told: told is None or isinstance(told, str),
    "threshold": _probability,
}

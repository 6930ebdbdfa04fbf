"""Aims from YAML, each key with its line so that an error can point at it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from kapula.analyses.intended.aim import Aim
from kapula.analyses.intended.aims import aims_of
from kapula.errors import ParameterError, SourceError


class Located(dict[str, Any]):
    """A mapping that knows its ``line`` and the ``lines`` of its keys."""

    line: int
    lines: dict[str, int]


class _Loader(yaml.SafeLoader):
    """As the safe loader, with lines; a key given twice is an error."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Located:
    found = Located()
    found.line, found.lines = node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node))
        line = key_node.start_mark.line + 1
        if key in found:
            raise ParameterError(
                f"{key} is given twice (line {line}).",
                hint="Keep one of the two.",
                parameter=key,
                value=None,
                line=line,
            )
        found[key] = loader.construct_object(value_node, deep=True)
        found.lines[key] = line
    return found


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(text: str, source: str = "aims") -> tuple[Aim, ...]:
    """Aims from YAML text. Raises :class:`~kapula.errors.SourceError` for what is no YAML, and as :func:`aims_of`."""
    try:
        content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise SourceError(
            f"{source} is not YAML: line {line}, {getattr(error, 'problem', None) or 'cannot be read'}.",
            hint="Check the indentation and the quotes of that line.",
            source=source,
            line=line,
        ) from error
    return aims_of(content)


def load(path: str | Path) -> tuple[Aim, ...]:
    """Aims from a YAML file. Raises :class:`~kapula.errors.SourceError` when it cannot be read."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            f"{path} cannot be read: {error}.", hint="Give a YAML file in UTF-8.", source=str(path)
        ) from error
    return parse(text, str(path))

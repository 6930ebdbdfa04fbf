"""The connectors there are. Each is registered once, in its own folder's ``__init__``."""

from __future__ import annotations

import difflib
from pathlib import Path

from kapula.connectors.contract import Connector
from kapula.connectors.errors import UnknownConnectorError
from kapula.connectors.reading.kinds import head_of, kind_of
from kapula.connectors.reading.require import alien

_REGISTERED: dict[str, Connector] = {}


def register(connector: Connector) -> Connector:
    """Make a connector known by its name. A second one of the same name is a mistake."""
    if connector.name in _REGISTERED:
        raise ValueError(f"a connector named {connector.name!r} is registered already")
    _REGISTERED[connector.name] = connector
    return connector


def names() -> tuple[str, ...]:
    """The registered connectors' names, in the order of registration."""
    return tuple(_REGISTERED)


def suffixes() -> tuple[str, ...]:
    """The endings of all files that some connector reads, each once."""
    return tuple(dict.fromkeys(suffix for connector in _REGISTERED.values() for suffix in connector.suffixes))


def get(name: str) -> Connector:
    """Raises :class:`UnknownConnectorError` with the nearest name."""
    if name in _REGISTERED:
        return _REGISTERED[name]
    near = difflib.get_close_matches(name, _REGISTERED, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(_REGISTERED)}."
    raise UnknownConnectorError(f"There is no connector {name!r}.", hint=hint, connector=name, names=list(_REGISTERED))


def choose(path: Path) -> Connector:
    """The connector that recognises the file most surely. Raises when the file is empty or known to none."""
    head = head_of(path)
    sureness = [(connector.recognise(path), connector) for connector in _REGISTERED.values()]
    best, connector = max(sureness, key=lambda item: item[0])
    if best > 0:
        return connector
    formats = ", ".join(_REGISTERED)
    raise alien(path, formats, kind_of(head), f"Formats: {formats}.")

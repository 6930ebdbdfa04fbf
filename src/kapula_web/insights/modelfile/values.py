"""Reading one value of the file. Each reader takes the YAML node and gives the value, or raises :class:`Fault`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import yaml

from kapula import measures
from kapula_web.insights.figures.tables import KINDS
from kapula_web.insights.models import Grain, Rhythm


class Fault(Exception):
    """A value that cannot be used; ``code`` is one of errors.PROBLEMS."""

    def __init__(self, code: str, node: yaml.Node, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code, self.node, self.allowed = code, node, allowed


def plain(node: yaml.Node) -> Any:
    """The node's value as YAML understands it."""
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise Fault("not_text", node)
    return str(node.value)


def code(node: yaml.Node) -> str:
    value = text(node)
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]{0,79}", value):
        raise Fault("not_a_code", node)
    return value


def words(node: yaml.Node) -> dict[str, str]:
    """Text by language; a plain text is Finnish."""
    if isinstance(node, yaml.ScalarNode):
        return {"fi": text(node)}
    if not isinstance(node, yaml.MappingNode):
        raise Fault("not_text", node)
    return {one_of(("fi", "sv", "en"))(key): text(value) for key, value in node.value}


def texts(node: yaml.Node) -> list[str]:
    if not isinstance(node, yaml.SequenceNode):
        raise Fault("not_a_list", node)
    return [text(one) for one in node.value]


def filters(node: yaml.Node) -> dict[str, list[str]]:
    if not isinstance(node, yaml.MappingNode):
        raise Fault("not_a_mapping", node)
    return {
        text(key): [text(value)] if isinstance(value, yaml.ScalarNode) else texts(value) for key, value in node.value
    }


def options(node: yaml.Node) -> dict[str, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise Fault("not_a_mapping", node)
    return {text(key): plain(value) for key, value in node.value}


def number(node: yaml.Node) -> float:
    value = plain(node)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Fault("not_a_number", node)
    return int(value) if float(value).is_integer() else float(value)


def truth(node: yaml.Node) -> bool:
    value = plain(node)
    if not isinstance(value, bool):
        raise Fault("not_a_truth", node)
    return value


def day(node: yaml.Node) -> date:
    value = plain(node)
    if type(value) is not date:
        raise Fault("not_a_date", node)
    return value


def one_of(allowed: tuple[str, ...]) -> Callable[[yaml.Node], str]:
    def read(node: yaml.Node) -> str:
        value = text(node)
        if value not in allowed:
            raise Fault("not_allowed", node, allowed)
        return value

    return read


def measure(node: yaml.Node) -> str:
    return one_of(measures.names())(node)


READERS: Final[dict[str, Callable[[yaml.Node], Any]]] = {
    "code": code,
    "words": words,
    "text": text,
    "texts": texts,
    "filters": filters,
    "options": options,
    "number": number,
    "truth": truth,
    "date": day,
    "owner": text,
    "measure": measure,
    "table": one_of(tuple(KINDS)),
    "rhythm": one_of(tuple(Rhythm.values)),
    "period": one_of(tuple(Grain.values)),
}

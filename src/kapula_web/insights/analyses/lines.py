"""What stands on a page with its intervals kept on one line. Tables and pictures that are taken along keep their text as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.safestring import SafeString

from kapula_web.insights.analyses.contract import Linked, Part, Table
from kapula_web.insights.analyses.pictures import Drawn
from kapula_web.insights.words.joints import unbroken


def kept(found: Any) -> Any:
    """The same with every text unbroken, also inside lists and mappings; markup and links stay what they are."""
    if isinstance(found, SafeString):
        return found
    if isinstance(found, Linked):
        return Linked(unbroken(found), found.href)
    if isinstance(found, str):
        return unbroken(found)
    if isinstance(found, list | tuple):
        return [kept(one) for one in found]
    if isinstance(found, dict):
        return {name: kept(value) for name, value in found.items()}
    return found


def kept_part(part: Part) -> Part:
    """The words of a part; its picture and table are told apart from it."""
    return replace(part, heading=kept(part.heading), words=kept(part.words), context=kept(dict(part.context)))


def kept_table(table: Table) -> Table:
    return replace(table, caption=kept(table.caption), rows=kept(table.rows))


def kept_drawn(drawn: Drawn) -> Drawn:
    """The words around a picture; what is drawn in it breaks nowhere."""
    words = {name: kept(getattr(drawn.picture, name)) for name in ("title", "subtitle", "summary")}
    return replace(drawn, picture=replace(drawn.picture, **words))

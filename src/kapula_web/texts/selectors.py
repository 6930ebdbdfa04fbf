"""Reading the codebook as the library reads it, and the embeddings as it compares them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kapula.text import codebook as told
from kapula_web.accounts.models import Organisation
from kapula_web.texts.models import Codebook, CodebookTheme, CommentEmbedding, TaughtHead
from kapula_web.texts.vectors import unpacked


def as_theme(theme: CodebookTheme) -> told.Theme:
    return told.Theme(theme.code, theme.names, theme.descriptions, tuple(theme.examples), theme.colour, theme.threshold)


def as_library(codebook: Codebook) -> told.Codebook:
    """The themes in use, in order, with the latest head of each that is in use."""
    themes = tuple(as_theme(theme) for theme in codebook.themes.filter(retired_at=None))
    codes = {theme.code for theme in themes}
    heads = {code: one for code, one in heads_of(codebook).items() if code in codes and one.used}
    return told.Codebook(themes, {code: as_head(one.head) for code, one in heads.items()})


def heads_of(codebook: Codebook) -> dict[str, TaughtHead]:
    """The latest teaching of each theme, whether it is used or not."""
    found: dict[str, TaughtHead] = {}
    for one in TaughtHead.objects.filter(codebook=codebook).order_by("pk"):
        found[one.code] = one
    return found


def as_head(kept: dict[str, Any]) -> told.Head:
    return told.Head(**{**kept, "weights": tuple(kept["weights"])})


def themes_of(organisation: Organisation, *, retired: bool = False) -> list[CodebookTheme]:
    """The organisation's themes in order; those of the default codebook before it has its own."""
    found = CodebookTheme.objects.filter(codebook__organisation=organisation, retired_at__isnull=not retired)
    return list(found.select_related("codebook__organisation"))


def embeddings(organisation: Organisation, comments: Sequence[int]) -> tuple[list[int], Any]:
    """The comments that have an embedding, and those as float32 (n, 384) in the same order."""
    rows = CommentEmbedding.objects.filter(organisation=organisation, comment__in=comments).order_by("pk")
    found = list(rows.values_list("pk", "vector", "scale"))
    return [row[0] for row in found], unpacked([(row[1], row[2]) for row in found])

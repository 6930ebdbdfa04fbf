"""Reading the codebook as the library reads it, and the embeddings as it compares them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from kapula.text import codebook as told
from kapula_web.accounts.models import Organisation
from kapula_web.texts.models import COLOURS, Codebook, CodebookTheme, CommentEmbedding, TaughtHead
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


def told_of(organisation: Organisation) -> told.Codebook:
    """The organisation's codebook as the library reads it: the default one until it has its own."""
    found = Codebook.objects.filter(organisation=organisation).first()
    return told.default() if found is None else as_library(found)


def themes_of(organisation: Organisation) -> list[CodebookTheme]:
    """The organisation's themes in use, in order; those of the default codebook until it has its own."""
    found = Codebook.objects.filter(organisation=organisation).select_related("organisation").first()
    if found is None:
        return default_themes(Codebook(organisation=organisation))
    return list(found.themes.filter(retired_at=None).select_related("codebook__organisation"))


def retired_themes_of(organisation: Organisation) -> list[CodebookTheme]:
    """Those no longer looked for, the latest first."""
    found = CodebookTheme.objects.filter(codebook__organisation=organisation).exclude(retired_at=None)
    return list(found.order_by("-retired_at"))


def default_themes(codebook: Codebook) -> list[CodebookTheme]:
    """The default codebook's themes as this one's, not yet kept."""
    return [
        CodebookTheme(
            codebook=codebook,
            code=theme.code,
            names=dict(theme.names),
            descriptions=dict(theme.descriptions),
            examples=list(theme.examples),
            colour=theme.colour if theme.colour in COLOURS else COLOURS[number % len(COLOURS)],
            threshold=theme.threshold,
            position=number,
        )
        for number, theme in enumerate(told.default().themes)
    ]


def embeddings(organisation: Organisation, comments: Sequence[int], versions: Collection[str]) -> tuple[list[int], Any]:
    """The comments that have an embedding of one of the versions, and those as float32 (n, 384) in the same order."""
    rows = CommentEmbedding.objects.filter(organisation=organisation, comment__in=comments, version__in=versions)
    rows = rows.order_by("pk")
    found = list(rows.values_list("pk", "vector", "scale"))
    return [row[0] for row in found], unpacked([(row[1], row[2]) for row in found])

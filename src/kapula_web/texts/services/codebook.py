"""An organisation's codebook: made from the default one when first needed, changed a theme at a time, each change in the log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.text import slugify

from kapula_web.accounts.audit import record
from kapula_web.accounts.models import Organisation, User
from kapula_web.texts.models import Codebook, CodebookTheme
from kapula_web.texts.selectors import default_themes
from kapula_web.texts.services.names import refuse_taken

_FIELDS: Final = ("names", "descriptions", "examples", "colour", "threshold", "position", "retired_at")


class ThemeChangedError(Exception):
    """The theme is no longer what it was when somebody began to change it: to save what they saw would bring back what has gone since,
    such as the words of an erased customer."""


def digest(theme: CodebookTheme) -> str:
    """Of all that a person can change on a theme's form."""
    told = json.dumps([getattr(theme, name) for name in _FIELDS[:4]], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


@transaction.atomic
def codebook_of(organisation: Organisation) -> Codebook:
    """The organisation's codebook; the default one becomes its own the first time."""
    found = Codebook.objects.filter(organisation=organisation).first()
    if found is not None:
        return found
    made, new = Codebook.objects.get_or_create(organisation=organisation, defaults={"changed_at": timezone.now()})
    if new:
        CodebookTheme.objects.bulk_create(default_themes(made))
    return made


def locked(codebook: Codebook) -> Codebook:
    """The codebook, until the transaction ends: whoever changes a theme, or sees to it that no other has its name, waits here. After
    comments and found themes (kapula_web.ledger.comments); what only refers to the codebook does not wait."""
    return Codebook.objects.select_for_update(no_key=True).get(pk=codebook.pk)


@transaction.atomic
def create_theme(*, codebook: Codebook, actor: User | None, fields: Mapping[str, Any], code: str = "") -> CodebookTheme:
    """A new theme, last in order; its code is made of its name, or of ``code``. Raises :class:`NameTakenError`."""
    locked(codebook)
    refuse_taken(codebook.organisation, fields.get("names", {}))
    last = codebook.themes.aggregate(last=Max("position"))["last"]
    theme = CodebookTheme(codebook=codebook, code=_new_code(codebook, code or _code_of(fields)), **fields)
    theme.position = 0 if last is None else last + 1
    theme.save()
    told_changed(codebook, actor, "codebook.theme_created", theme)
    return theme


@transaction.atomic
def change_theme(*, theme: CodebookTheme, actor: User | None, fields: Mapping[str, Any], seen: str = "") -> list[str]:
    """Change the fields that differ; the log keeps what was. Returns their names. ``seen``: what the theme was when somebody began to
    change it (:func:`digest`), if it must be that still. Raises :class:`NameTakenError` and :class:`ThemeChangedError`."""
    _as_it_stands(theme)
    if seen and seen != digest(theme):
        raise ThemeChangedError
    if theme.retired_at is None:
        refuse_taken(theme.codebook.organisation, fields.get("names", {}), but=theme.code)
    before = {name: getattr(theme, name) for name in fields}
    differing = [name for name, value in fields.items() if value != before[name]]
    if not differing:
        return []
    for name in differing:
        setattr(theme, name, fields[name])
    theme.save(update_fields=differing)
    details = {name: {"from": before[name], "to": fields[name]} for name in differing}
    told_changed(theme.codebook, actor, "codebook.theme_changed", theme, **details)
    return differing


@transaction.atomic
def retire_theme(*, theme: CodebookTheme, actor: User | None) -> None:
    """No longer looked for; it can be taken back."""
    _as_it_stands(theme)
    theme.retired_at = timezone.now()
    theme.save(update_fields=["retired_at"])
    told_changed(theme.codebook, actor, "codebook.theme_retired", theme)


@transaction.atomic
def restore_theme(*, theme: CodebookTheme, actor: User | None) -> None:
    """Raises :class:`NameTakenError`: the name of a retired theme is free for others."""
    _as_it_stands(theme)
    refuse_taken(theme.codebook.organisation, theme.names, but=theme.code)
    theme.retired_at = None
    theme.save(update_fields=["retired_at"])
    told_changed(theme.codebook, actor, "codebook.theme_restored", theme)


@transaction.atomic
def move_theme(*, theme: CodebookTheme, actor: User | None, steps: int) -> None:
    """Up (negative) or down among the themes in use."""
    _as_it_stands(theme)
    themes = list(theme.codebook.themes.filter(retired_at=None))
    place = themes.index(theme) if theme in themes else -1  # it may have been retired meanwhile
    wanted = min(max(place + steps, 0), len(themes) - 1)
    if place in (-1, wanted):
        return
    themes.insert(wanted, themes.pop(place))
    for position, one in enumerate(themes):
        one.position = position
    CodebookTheme.objects.bulk_update(themes, ["position"])
    told_changed(theme.codebook, actor, "codebook.theme_moved", theme)


def told_changed(codebook: Codebook, actor: User | None, action: str, theme: CodebookTheme, **details: Any) -> None:
    Codebook.objects.filter(pk=codebook.pk).update(revision=F("revision") + 1, changed_at=timezone.now())
    codebook.refresh_from_db(fields=["revision", "changed_at"])
    record(organisation=codebook.organisation, actor=actor, action=action, about=theme, theme=theme.name, **details)


def _as_it_stands(theme: CodebookTheme) -> None:
    """The theme as others left it, and nobody else changes it until the transaction ends."""
    locked(theme.codebook)
    theme.refresh_from_db(fields=_FIELDS)


def _code_of(fields: Mapping[str, Any]) -> str:
    name = next((str(text) for text in fields.get("names", {}).values() if text), "")
    base = slugify(name)[:50].replace("-", "_").strip("_") or "theme"
    return base if base[0].isalpha() else f"t_{base}"


def _new_code(codebook: Codebook, base: str) -> str:
    """A code that no theme of the codebook has, retired ones included."""
    taken = set(codebook.themes.values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}_{number}" for number in range(2, 10_000))) if code not in taken)

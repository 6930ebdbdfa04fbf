"""An organisation's codebook: made from the default one when first needed, changed a theme at a time, each change in the log."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.text import slugify

from kapula_web.accounts.audit import record
from kapula_web.accounts.models import Organisation, User
from kapula_web.texts.models import Codebook, CodebookTheme
from kapula_web.texts.selectors import default_themes, themes_of


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


def alike(name: str) -> str:
    """The same for two names that people would take for one."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def names_taken(organisation: Organisation, *, but: str = "") -> dict[str, str]:
    """Every name, in any language, of the themes in use ``but`` one: as ``alike`` makes it → as the theme is called."""
    themes = [theme for theme in themes_of(organisation) if theme.code != but]
    return {alike(name): theme.name for theme in themes for name in theme.names.values() if alike(name)}


@transaction.atomic
def create_theme(*, codebook: Codebook, actor: User | None, fields: Mapping[str, Any]) -> CodebookTheme:
    """A new theme, last in order; its code is made of its name."""
    last = codebook.themes.aggregate(last=Max("position"))["last"]
    theme = CodebookTheme(codebook=codebook, **{"code": _new_code(codebook, fields), **fields})
    theme.position = 0 if last is None else last + 1
    theme.save()
    _changed(codebook, actor, "codebook.theme_created", theme)
    return theme


@transaction.atomic
def change_theme(*, theme: CodebookTheme, actor: User | None, fields: Mapping[str, Any]) -> list[str]:
    """Change the fields that differ; the log keeps what was. Returns their names."""
    before = {name: getattr(theme, name) for name in fields}
    differing = [name for name, value in fields.items() if value != before[name]]
    if not differing:
        return []
    for name in differing:
        setattr(theme, name, fields[name])
    theme.save(update_fields=differing)
    details = {name: {"from": before[name], "to": fields[name]} for name in differing}
    _changed(theme.codebook, actor, "codebook.theme_changed", theme, **details)
    return differing


@transaction.atomic
def retire_theme(*, theme: CodebookTheme, actor: User | None) -> None:
    """No longer looked for; it can be taken back."""
    theme.retired_at = timezone.now()
    theme.save(update_fields=["retired_at"])
    _changed(theme.codebook, actor, "codebook.theme_retired", theme)


@transaction.atomic
def restore_theme(*, theme: CodebookTheme, actor: User | None) -> None:
    theme.retired_at = None
    theme.save(update_fields=["retired_at"])
    _changed(theme.codebook, actor, "codebook.theme_restored", theme)


@transaction.atomic
def move_theme(*, theme: CodebookTheme, actor: User | None, steps: int) -> None:
    """Up (negative) or down among the themes in use."""
    themes = list(theme.codebook.themes.filter(retired_at=None))
    place = themes.index(theme)
    wanted = min(max(place + steps, 0), len(themes) - 1)
    if wanted == place:
        return
    themes.insert(wanted, themes.pop(place))
    for position, one in enumerate(themes):
        one.position = position
    CodebookTheme.objects.bulk_update(themes, ["position"])
    _changed(theme.codebook, actor, "codebook.theme_moved", theme)


def _changed(codebook: Codebook, actor: User | None, action: str, theme: CodebookTheme, **details: Any) -> None:
    Codebook.objects.filter(pk=codebook.pk).update(revision=F("revision") + 1, changed_at=timezone.now())
    codebook.refresh_from_db(fields=["revision", "changed_at"])
    record(organisation=codebook.organisation, actor=actor, action=action, about=theme, theme=theme.name, **details)


def _new_code(codebook: Codebook, fields: Mapping[str, Any]) -> str:
    """A code of the name that no theme of the codebook has, retired ones included."""
    name = next((str(text) for text in fields.get("names", {}).values() if text), "")
    base = slugify(name)[:50].replace("-", "_").strip("_") or "theme"
    base = base if base[0].isalpha() else f"t_{base}"
    taken = set(codebook.themes.values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}_{number}" for number in range(2, 10_000))) if code not in taken)

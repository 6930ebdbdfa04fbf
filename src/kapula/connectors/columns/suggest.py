"""The suggested plan: what each column probably is, by its name and by its values, and notes of every doubtful step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kapula.connectors.columns import words
from kapula.connectors.columns.labels import LabelledScale, labelled, scale_of_labels
from kapula.connectors.columns.profile import Profile
from kapula.connectors.columns.scales import ScaleFit, fits
from kapula.connectors.contract import ColumnPlan
from kapula.connectors.naming import code_of
from kapula.connectors.source import Note

COMMENT_LENGTH = 25
FEW = 40
MOST_WORDS = 5
"""Up to this many texts among a score's numbers are taken for ways of not answering."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A column's suggested plan, the scale fit behind a score, and how sure the role is (3 = name and values agree)."""

    plan: ColumnPlan
    sure: int = 1
    fit: ScaleFit | None = None
    notes: tuple[Note, ...] = field(default=())


def guess(profile: Profile, others: Sequence[Profile]) -> Guess:
    """The likeliest role of one column. ``others``: all the columns, for what only their company tells."""
    for step in (_known, _private, _empty, _in_words, _dated, _numeric, _textual):
        found = step(profile, others)
        if found is not None:
            return found
    return _plain(profile, "attribute")


def _plain(profile: Profile, role: str, sure: int = 1, **more: object) -> Guess:
    plan = ColumnPlan(profile.name, role, labels=dict(profile.field.labels), missing=profile.field.missing)
    found: dict[str, Any] = {"question": code_of(profile.name), "wording": profile.field.label, **more}
    return Guess(replace(plan, **found), sure)


def _known(profile: Profile, others: Sequence[Profile]) -> Guess | None:
    """The connector knows the format. A declared score still needs its scale from the options or the values."""
    role = profile.field.role
    if role is None:
        return None
    options = dict(profile.field.options)
    if role == "score" and "low" not in options:
        return _scored(profile, 3) or _plain(profile, role, 3, **options)
    date = profile.date_format if role in ("occurred_at", "received_at") else None
    return _plain(profile, role, 3, **({"date_format": date} if date else {}), **options)


def _private(profile: Profile, others: Sequence[Profile]) -> Guess | None:
    """Personal identity codes and contact details are left out unless a person decides otherwise."""
    if profile.hetu_share >= 0.5 or words.IDENTITY_CODE.search(words.spaced(profile.name)):
        return replace(_plain(profile, "ignore", 3), notes=(("personal_identity_code", profile.name),))
    if words.PERSONAL.search(words.spaced(profile.name)):
        return replace(_plain(profile, "ignore", 3), notes=(("personal_data", profile.name),))
    return None


def _empty(profile: Profile, others: Sequence[Profile]) -> Guess | None:
    return _plain(profile, "ignore") if profile.kind == "empty" else None


def _in_words(profile: Profile, others: Sequence[Profile]) -> Guess | None:
    """Scores given as texts, and coded columns with declared value labels (SPSS)."""
    declared = scale_of_labels(profile.field.labels, profile.field.missing) if profile.field.labels else None
    if declared and profile.kind == "number":
        return _plain(profile, "score", 3, low=float(declared[0]), high=float(declared[1]))
    if profile.kind != "text" or len(profile.values) > FEW:
        return None
    found: LabelledScale | None = labelled(profile.values)
    if found is None:
        return None
    guessed = _plain(
        profile, "score", 2, low=float(found.low), high=float(found.high), labels=found.labels, missing=found.missing
    )
    return replace(guessed, notes=(("labels_read", profile.name),))


def _dated(profile: Profile, others: Sequence[Profile]) -> Guess | None:
    if profile.kind != "date":
        return None
    named = words.roles_named(profile.name)
    role = "received_at" if "received_at" in named and "occurred_at" not in named else "occurred_at"
    notes: tuple[Note, ...] = ()
    if profile.date_format in ("%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y"):
        ambiguous = any("/" in rival and rival != profile.date_format for rival in profile.rivals)
        order = "day_first" if profile.date_format.startswith("%d") else "month_first"
        code = "date_order_ambiguous" if ambiguous else f"date_{order}"
        notes = ((code, f"{profile.name}: {next(iter(profile.values))}"),)
    guessed = _plain(profile, role, 2 + (role in named), date_format=profile.date_format)
    return replace(guessed, notes=notes)


def _numeric(profile: Profile, others: Sequence[Profile]) -> Guess | None:
    if profile.kind != "number":
        return None
    named = words.roles_named(profile.name)
    text = words.spaced(profile.name)
    asked = f"{text} {(profile.field.label or '').casefold()}"
    if len(profile.numbers) > 1 and (words.SCORE.search(asked) or words.NPS.search(asked)):
        scored = _scored(profile, 2)
        if scored:
            return scored
    for role in ("external_id", "customer", "weight", "account", "team", "segment", "touchpoint", "channel"):
        if role in named and (role != "external_id" or profile.unique):
            return _plain(profile, role, 2)
    if words.QUESTION_LIKE.search(asked) and profile.blank <= 0.7:
        scored = _scored(profile, 1)
        # Codes of anything lie somewhere on 0–100: by values alone only a short scale used from end to end is a score.
        if scored and scored.fit and scored.fit.full and scored.fit.high <= 10:
            return scored
    return None


def _scored(profile: Profile, sure: int) -> Guess | None:
    """A score, with its scale and with codes beyond the scale suggested as missing: with evidence, never in silence."""
    asked = f"{words.spaced(profile.name)} {(profile.field.label or '').casefold()}"
    found = fits(profile.numbers)
    preferred = (
        (0, 10) if words.NPS.search(asked) else
        (4, 10) if words.SCHOOL_GRADE.search(asked) else
        (1, 4) if words.SMILEY.search(asked) else None
    )  # fmt: skip
    fit = next((f for f in found if (f.low, f.high) == preferred), found[0] if found else None)
    if fit is None:
        return None
    words_said = profile.words if len(profile.words) <= MOST_WORDS else {}
    codes = [*map(str, fit.outside), *words_said]
    missing = tuple(dict.fromkeys((*profile.field.missing, *codes)))
    guessed = _plain(profile, "score", sure, low=float(fit.low), high=float(fit.high), missing=missing)
    evidence = ", ".join(f"{code} ×{n}" for code, n in (*fit.outside.items(), *words_said.items()))
    notes = (("missing_suggested", f"{profile.name} ({fit.low}–{fit.high}): {evidence}"),) if codes else ()
    return replace(guessed, fit=fit, notes=notes)


def _textual(profile: Profile, others: Sequence[Profile]) -> Guess | None:
    if profile.kind != "text":
        return None
    named = words.roles_named(profile.name)
    distinct = len(profile.values)
    long = profile.mean_length >= COMMENT_LENGTH and distinct > 0.3 * profile.filled
    if "comment" in named and not profile.unique_id() and not words.ABOUT_COMMENT.search(words.spaced(profile.name)):
        return _plain(profile, "comment", 3 if long else 2)
    if words.OPEN_QUESTION.search(profile.name.casefold()) and (
        distinct > 0.3 * profile.filled or profile.mean_length >= COMMENT_LENGTH
    ):
        return _plain(profile, "comment", 2)
    if "language" in named and profile.mean_length <= 10:
        return _plain(profile, "language", 2)
    for role in ("external_id", "account", "customer", "channel", "touchpoint", "team", "segment", "perspective"):
        if role in named and (role != "external_id" or profile.unique):
            return _plain(profile, role, 2)
    if long and distinct > 5:
        return _plain(profile, "comment", 1)
    key_like = profile.unique and profile.filled > 20 and profile.mean_length <= 40 and not profile.period_format
    if key_like and " " not in next(iter(profile.values)):
        return _plain(profile, "external_id", 1)
    if _is_channel(profile):
        return _plain(profile, "channel", 1)
    return None


_CHANNELS = frozenset(
    [
        "puhelin",
        "phone",
        "telefon",
        "sähköposti",
        "email",
        "e-mail",
        "e-post",
        "chat",
        "web",
        "verkko",
        "nätet",
        "online",
        "myymälä",
        "store",
        "butik",
        "sms",
        "tekstiviesti",
        "sovellus",
        "app",
        "mobile",
        "mobiili",
        "kioski",
        "kiosk",
        "qr",
        "face-to-face",
    ]
)


def _is_channel(profile: Profile) -> bool:
    known = sum(n for text, n in profile.values.items() if text.casefold() in _CHANNELS)
    return len(profile.values) <= 10 and known >= 0.8 * profile.filled

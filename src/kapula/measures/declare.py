"""An organisation's own measures, declared as data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kapula.errors import ParameterError, SourceError
from kapula.measures.contract import Measure, Scale

_FIELDS = tuple(Measure.__dataclass_fields__)


def declare(declaration: Mapping[str, Any] | None = None, /, **fields: Any) -> Measure:
    """A measure from a mapping or keywords: the fields of :class:`Measure`, with ``scale`` as ``[low, high]`` or a
    mapping.

    ``unit``, ``columns`` and ``options`` default to the family's own. The measure is returned, not registered: pass
    it to ``kapula.measure`` or to ``register``. Raises :class:`ParameterError` that names the faulty field.
    """
    from kapula.measures.families import family

    given = {**(declaration or {}), **fields}
    unknown = sorted(set(given) - set(_FIELDS))
    if unknown:
        raise _fault("field", unknown[0], _FIELDS, f"A measure has no field {unknown[0]!r}.")
    for name in ("name", "family"):
        if not given.get(name):
            raise _fault(name, None, (), f"A declared measure needs {name!r}.")
    kind = family(given["family"])
    options = {**kind.defaults, **(given.get("options") or {})}
    strange = sorted(set(options) - set(kind.defaults))
    if strange:
        raise _fault("options", strange[0], tuple(kind.defaults), f"Family {kind.name!r} has no option {strange[0]!r}.")
    return Measure(
        name=str(given["name"]),
        family=kind.name,
        unit=given.get("unit") or kind.unit,
        scale=as_scale(given.get("scale")),
        higher_is_better=bool(given.get("higher_is_better", True)),
        columns=tuple(given.get("columns") or kind.columns),
        options=options,
        wording=dict(given.get("wording") or {}),
        source=str(given.get("source") or ""),
    )


def load(path: str | Path) -> tuple[Measure, ...]:
    """Measures from a YAML file: a list of declarations, or ``measures:`` with such a list."""
    import yaml

    try:
        content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SourceError(
            f"The file of measures {path} cannot be read: {error}.", hint="Give a YAML file in UTF-8.", source=str(path)
        ) from error
    entries = content.get("measures") if isinstance(content, dict) and "measures" in content else content
    if isinstance(entries, dict):
        entries = [entries]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _fault("file", str(path), (), "The file holds no list of measures.")
    return tuple(declare(entry) for entry in entries)


def as_scale(scale: Any) -> Scale | None:
    """A scale from ``Scale``, ``(low, high)`` or a mapping of its fields."""
    if scale is None or isinstance(scale, Scale):
        return scale
    try:
        if isinstance(scale, Mapping):
            made = Scale(**{**scale, "missing": tuple(scale.get("missing") or ())})
        else:
            low, high = scale
            made = Scale(low, high)
    except (TypeError, ValueError) as error:
        raise _fault("scale", scale, (), "A scale is (low, high) or a mapping of low, high, whole, missing.") from error
    if made.low is not None and made.high is not None and not made.low < made.high:
        raise _fault("scale", [made.low, made.high], (), "A scale's low must be below its high.")
    return made


def _fault(parameter: str, value: Any, allowed: tuple[str, ...], message: str) -> ParameterError:
    hint = f"Allowed: {', '.join(allowed)}." if allowed else ""
    plain = value if isinstance(value, str | int | float | list | None) else repr(value)
    return ParameterError(message, hint=hint, parameter=parameter, value=plain, allowed=list(allowed))

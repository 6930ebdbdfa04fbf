"""What a pillar or a touchpoint aims at, declared: rules on items and themes, how they are combined, and what blank means."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kapula.errors import ParameterError

ORDERED: Final = (">=", ">", "<=", "<", "between")
EQUAL: Final = ("==", "!=", "in", "not in")
THEMES: Final = ("present", "absent")
OPERATORS: Final = (*ORDERED, *EQUAL, *THEMES)
BLANKS: Final = ("unknown", "no", "yes")
COMBINATIONS: Final = ("all", "any", "at_least", "weighted")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing an experience should be. ``column`` ``op`` ``value``: an item and its threshold, or a theme (true or above 0) "present" or
    "absent". ``weight``: in a weighted combination. ``blank``: what a blank means ("unknown", "no" or "yes"). ``missing``: values that mean
    no answer."""

    column: str
    op: str
    value: Any = None
    weight: float = 1.0
    blank: str = "unknown"
    missing: tuple[Any, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether the column must hold numbers."""
        return self.op in ORDERED or self.op in THEMES

    def to_dict(self) -> dict[str, Any]:
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "column": self.column,
            "op": self.op,
            "value": value,
            "weight": self.weight,
            "blank": self.blank,
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True)
class Aim:
    """``combine``: "all", "any", "at_least" (``needed`` rules) or "weighted" (``needed`` share of the rules' weight). ``applies``: column →
    values of the experiences it is about. ``good``: when an experience is good by its score. ``target``: the share aimed at."""

    name: str
    rules: tuple[Rule, ...]
    combine: str = "all"
    needed: float | None = None
    applies: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    good: Rule | None = None
    target: float | None = None
    pillar: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "pillar": self.pillar,
            "applies": {column: list(values) for column, values in self.applies.items()},
            "rules": [rule.to_dict() for rule in self.rules],
            "combine": self.combine,
            "needed": self.needed,
            "good": None if self.good is None else self.good.to_dict(),
            "target": self.target,
        }

    @property
    def least(self) -> float:
        """How much rule weight must be met."""
        total = sum(rule.weight for rule in self.rules)
        if self.combine == "weighted":
            return float(self.needed or 0) * total
        return {"all": float(len(self.rules)), "any": 1.0}.get(self.combine, float(self.needed or 0))


def aims_of(given: Any) -> tuple[Aim, ...]:
    """Aims from :class:`Aim` objects or mappings: one, several, or ``{"aims": […]}`` as in a file. Raises
    :class:`~kapula.errors.ParameterError` whose context says where ("aims[0].rules[1].op", and the line of a file)."""
    if isinstance(given, Mapping) and "aims" in given:
        _known(given, ("aims",), "the file")
        given = given["aims"]
    if isinstance(given, Aim | Mapping):
        given = [given]
    if not isinstance(given, Sequence) or isinstance(given, str) or not given:
        raise fault("aims", given, "Give a list of aims, each with a name and its rules.")
    found = tuple(one if isinstance(one, Aim) else _aim(one, f"aims[{place}]") for place, one in enumerate(given))
    for place, one in enumerate(found):
        if one.name in [other.name for other in found[:place]]:
            raise fault(f"aims[{place}].name", one.name, "Give each aim a name of its own.", given[place], "name")
    return found


def _aim(given: Any, where: str) -> Aim:
    _known(given, ("name", "pillar", "applies", "rules", "combine", "needed", "good", "target"), where)
    name = given.get("name")
    if not isinstance(name, str) or not name.strip():
        raise fault(f"{where}.name", name, "Give the aim a name.", given, "name")
    rules = given.get("rules")
    if not isinstance(rules, Sequence) or isinstance(rules, str) or not rules:
        raise fault(
            f"{where}.rules",
            rules,
            "List at least one rule, such as {column: ease, op: '>=', value: 4}.",
            given,
            "rules",
        )
    found = tuple(rule_of(one, f"{where}.rules[{place}]") for place, one in enumerate(rules))
    combine, needed = _combination(given, where, len(found))
    pillar = given.get("pillar")
    return Aim(
        name=name,
        rules=found,
        combine=combine,
        needed=needed,
        applies=_applies(given, where),
        good=rule_of(given["good"], f"{where}.good") if given.get("good") is not None else None,
        target=_share(given, "target", where),
        pillar=None if pillar is None else str(pillar),
    )


def rule_of(given: Any, where: str) -> Rule:
    """A rule from a mapping. Raises :class:`~kapula.errors.ParameterError`."""
    if isinstance(given, Rule):
        return given
    _known(given, ("column", "op", "value", "weight", "blank", "missing"), where)
    column, op = given.get("column"), given.get("op")
    if not isinstance(column, str) or not column:
        raise fault(f"{where}.column", column, "Name the column that the rule reads.", given, "column")
    if op not in OPERATORS:
        raise fault(f"{where}.op", op, f"Use one of {', '.join(OPERATORS)}.", given, "op", OPERATORS)
    weight = given.get("weight", 1.0)
    if not _number(weight) or not weight > 0:
        raise fault(f"{where}.weight", weight, "A weight is a number above zero.", given, "weight")
    blank = given.get("blank", "unknown")
    blank = {True: "yes", False: "no"}.get(blank, blank)  # YAML reads a bare yes and no as true and false
    if blank not in BLANKS:
        raise fault(f"{where}.blank", blank, f"Use one of {', '.join(BLANKS)}.", given, "blank", BLANKS)
    missing = given.get("missing") or ()
    codes = (missing,) if isinstance(missing, str | int | float) else tuple(missing)
    return Rule(column, op, _value(given, op, where), float(weight), blank, codes)


def _value(given: Mapping[str, Any], op: str, where: str) -> Any:
    value: Any = given.get("value")
    listed = isinstance(value, Sequence) and not isinstance(value, str)
    wants: dict[str, tuple[str, Callable[[], bool]]] = {
        "between": (
            "Give value: [low, high], low first.",
            lambda: listed and len(value) == 2 and all(map(_number, value)) and value[0] <= value[1],
        ),
        "in": ("Give value: a list.", lambda: listed and len(value) > 0),
        "not in": ("Give value: a list.", lambda: listed and len(value) > 0),
        "present": ("A theme needs no value.", lambda: value is None),
        "absent": ("A theme needs no value.", lambda: value is None),
        "==": ("Give one value.", lambda: value is not None and not listed),
        "!=": ("Give one value.", lambda: value is not None and not listed),
    }
    hint, holds = wants.get(op, ("Give a number as the threshold.", lambda: _number(value)))
    if not holds():
        raise fault(f"{where}.value", value, hint, given, "value")
    return tuple(value) if listed else value


def _combination(given: Mapping[str, Any], where: str, rules: int) -> tuple[str, float | None]:
    combine: Any = given.get("combine", "all")
    needed: Any = given.get("needed")
    if combine not in COMBINATIONS:
        raise fault(
            f"{where}.combine", combine, f"Use one of {', '.join(COMBINATIONS)}.", given, "combine", COMBINATIONS
        )
    if combine == "at_least" and not (
        isinstance(needed, int) and not isinstance(needed, bool) and 1 <= needed <= rules
    ):
        raise fault(f"{where}.needed", needed, f"Say how many of the {rules} rules are needed.", given, "needed")
    if combine == "weighted" and not (_number(needed) and 0 < needed <= 1):
        raise fault(f"{where}.needed", needed, "Say which share of the weight is needed, such as 0.7.", given, "needed")
    if combine in ("all", "any") and needed is not None:
        raise fault(f"{where}.needed", needed, "Leave needed out, or use combine: at_least.", given, "needed")
    return combine, None if needed is None else float(needed) if combine == "weighted" else int(needed)


def _applies(given: Mapping[str, Any], where: str) -> dict[str, tuple[Any, ...]]:
    applies = given.get("applies") or {}
    if not isinstance(applies, Mapping):
        raise fault(f"{where}.applies", applies, "Give column: value or column: [values].", given, "applies")
    return {
        str(column): tuple(values) if isinstance(values, list | tuple | set) else (values,)
        for column, values in applies.items()
    }


def _share(given: Mapping[str, Any], key: str, where: str) -> float | None:
    value: Any = given.get(key)
    if value is not None and not (_number(value) and 0 < value < 1):
        raise fault(f"{where}.{key}", value, "A share lies between 0 and 1, such as 0.7.", given, key)
    return None if value is None else float(value)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")


def _known(given: Any, allowed: Sequence[str], where: str) -> None:
    if not isinstance(given, Mapping):
        raise fault(where, given, f"Give {', '.join(allowed)} by name.")
    for key in given:
        if key not in allowed:
            near = difflib.get_close_matches(str(key), allowed, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(allowed)}."
            raise fault(f"{where}.{key}", None, hint, given, str(key), allowed)


def fault(
    where: str, value: Any, hint: str, given: Any = None, key: str = "", allowed: Sequence[str] = ()
) -> ParameterError:
    """What is wrong, where (with the line when it was read from a file), and how to mend it."""
    line = getattr(given, "lines", {}).get(key, getattr(given, "line", None))
    shown = value if isinstance(value, str | int | float | bool | None) else repr(value)
    at = f" (line {line})" if line else ""
    what = "is missing" if value is None and not (given is not None and key in given) else f"cannot be {shown!r}"
    if value is None and given is not None and key in given and allowed:
        what = "is not known" if key not in allowed else "cannot be empty"
    context = {"parameter": where, "value": shown, "allowed": list(allowed), **({"line": line} if line else {})}
    return ParameterError(f"{where} {what}{at}.", hint=hint, **context)

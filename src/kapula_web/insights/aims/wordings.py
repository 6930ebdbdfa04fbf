"""Rules in words: "Helppous on vähintään 4"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula.schema import ANSWER_PREFIX
from kapula_web.kit import figures
from kapula_web.kit.codes import Text

OPERATORS: Final[dict[str, Text]] = {
    ">=": _("vähintään"),
    "<=": _("enintään"),
    "==": _("tasan"),
    "present": _("kyllä"),
    "absent": _("ei"),
}
"""What the form offers, and how it is said after the question's name."""

_SAID: Final[dict[str, Text]] = {
    ">=": _("%(name)s on vähintään %(value)s"),
    "<=": _("%(name)s on enintään %(value)s"),
    "==": _("%(name)s on %(value)s"),
    "present": _("%(name)s: kyllä"),
    "absent": _("%(name)s: ei"),
}
COMBINATIONS: Final[dict[str, Text]] = {
    "all": _("kaikki nämä"),
    "any": _("ainakin yksi näistä"),
    "at_least": _("ainakin kaksi näistä"),
}


def rule_words(rule: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """``labels``: column → the question's name."""
    name = labels.get(rule["column"], str(rule["column"]).removeprefix(ANSWER_PREFIX))
    value = rule.get("value")
    shown = figures.number(value) if isinstance(value, int | float) else str(value or "")
    pattern = _SAID.get(rule["op"])
    if pattern is None:
        return gettext("%(name)s %(op)s %(value)s") % {"name": name, "op": rule["op"], "value": shown}
    return str(pattern) % {"name": name, "value": shown}

"""The charts' colours are the page's tokens: one look, written down twice only because a picture has no style sheet."""

from __future__ import annotations

import re
from pathlib import Path

from kapula.charts import COLOURS
from kapula_web import kit


def test_chart_colours_are_the_tokens_of_the_same_names() -> None:
    sheet = (Path(kit.__file__).parent / "static" / "kit" / "tokens.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", sheet))
    assert {role: ", ".join(colours) for role, colours in COLOURS.items()} == {role: tokens[role] for role in COLOURS}

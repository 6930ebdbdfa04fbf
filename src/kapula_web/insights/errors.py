"""What can go wrong with the measurement model's file. wordings.py words each code in the interface's languages."""

from __future__ import annotations

from typing import Any

from kapula.errors import KapulaError

PROBLEMS: dict[str, str] = {
    "not_yaml": "The text is not YAML.",
    "not_a_mapping": "A mapping of keys was expected here.",
    "not_a_list": "A list was expected here.",
    "version": "The file must begin with kapula-model: 1.",
    "unknown_key": "There is no such key.",
    "missing_key": "A key is missing.",
    "not_text": "Text was expected here.",
    "not_a_number": "A number was expected here.",
    "not_a_truth": "true or false was expected here.",
    "not_a_date": "A date like 2026-01-31 was expected here.",
    "not_a_code": "A code holds lower-case letters, digits and underscores.",
    "not_allowed": "The value is not one of those allowed.",
    "same_code": "The code is used twice.",
    "unknown_owner": "Nobody in the organisation has that e-mail address.",
    "column_count": "The measure reads another number of columns.",
}
"""Every problem a file may have; each comes with its line."""


class ModelFileError(KapulaError):
    """The file cannot be taken in. Context: problems, a list of {line, code, key, value, allowed}."""

    code = "model_file"

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        told = [f"Line {p['line']}: {PROBLEMS[p['code']]} ({p.get('key') or p.get('value') or ''})" for p in problems]
        super().__init__(
            "The model's file has mistakes: " + " ".join(told[:10]),
            hint="Mend the lines and try again.",
            problems=problems,
        )
        self.problems = problems

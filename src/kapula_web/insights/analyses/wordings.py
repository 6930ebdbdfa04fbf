"""When a question was asked in other words: figures on the two sides of such a day are not comparable."""

from __future__ import annotations

from datetime import date

from kapula.schema import ANSWER_PREFIX
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import QuestionVersion


def rewordings(organisation: Organisation, column: str) -> list[date]:
    """The days from which the question of a column was asked anew; its first wording begins nothing new."""
    code = column.removeprefix(ANSWER_PREFIX)
    asked = QuestionVersion.objects.filter(question__organisation=organisation, question__code=code)
    return sorted(asked.values_list("valid_from", flat=True))[1:]

"""The columns sifted: those that say nothing of their own set aside, the others kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kapula.analyses.prune.cut import Interval
from kapula.analyses.prune.question import QuestionFound
from kapula.analyses.prune.rows import Rows
from kapula.analyses.prune.settings import Settings
from kapula.analyses.prune.twins import Twins
from kapula.analyses.prune.usable import collinear, constant, copied


@dataclass(frozen=True, slots=True)
class Sifted:
    """What is asked, of which rows. ``constant`` and ``told`` (by the columns before) say nothing of their own; ``usable`` are the others:
    ``leading`` and ``questions``. ``copies``: questions that are another one again, with that one first."""

    settings: Settings
    rows: Rows
    constant: tuple[str, ...]
    told: tuple[str, ...]
    usable: tuple[str, ...]
    copies: tuple[Twins, ...]

    @property
    def leading(self) -> tuple[str, ...]:
        return tuple(name for name in self.usable if name in self.settings.leading)

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(name for name in self.usable if name in self.settings.questions)

    @property
    def empty(self) -> tuple[str, ...]:
        """Questions that say nothing of their own and may go."""
        return tuple(
            name for name in self.settings.questions if name not in self.questions and name not in self.settings.always
        )

    def unusable(self, one: QuestionFound) -> QuestionFound:
        code = "zero_variance" if one.name in self.constant else "collinear_question"
        loss = None if one.always else Interval(0.0, 0.0, 0.0)  # what says nothing of its own takes nothing with it
        return replace(one, drop=not one.always, loss=loss, warnings=(code,))


def sift(settings: Settings, rows: Rows) -> Sifted:
    same = constant(rows) if rows.n else ()
    usable = [name for name in (*settings.leading, *settings.always) if name not in same]
    usable += [q for q in settings.questions if q not in settings.always and q not in same]
    told = collinear(rows, tuple(usable)) if rows.n > len(usable) else ()
    kept = tuple(name for name in usable if name not in told)
    asked = [tuple(name for name in names if name in settings.questions) for names in (kept, told)]
    return Sifted(settings, rows, same, told, kept, copied(rows, *asked) if told else ())

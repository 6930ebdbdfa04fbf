"""``kapula.prune``: which questions can go with how little loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.columns import Floats
from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.prune.alpha import Alpha, alpha
from kapula.analyses.prune.careless import Careless, careless
from kapula.analyses.prune.fit import Fit, fit
from kapula.analyses.prune.prepare import LEAST_UNITS, Rows, collinear, constant, needed, prepare
from kapula.analyses.prune.results import Cut, Interval, PruneResult, QuestionFound
from kapula.analyses.prune.settings import Settings, checked

LEAST_ALPHA = 30
BLANKS = 1 / 3
"""Of the rows: more with blanks than this is said aloud."""


def prune(
    table: Any,
    outcome: str,
    questions: Sequence[str],
    leading: Sequence[str] | str | None = None,
    *,
    always: Sequence[str] | str = (),
    scale: Sequence[str] | None = None,
    seconds: str | Mapping[str, float] | None = None,
    weight: str | None = None,
    cluster: str | None = None,
    time: str | None = None,
    max_loss: float = 0.01,
    min_agreement: float = 0.8,
    twin: float = 0.85,
    folds: int = 10,
    repeats: int = 5,
    n_boot: int = 200,
    careless: Mapping[str, float] | None = None,
    agree: int = 2,
    filters: Any = None,
    level: float = 0.95,
    seed: int = 1,
    progress: Progress = no_progress,
) -> PruneResult:
    """Which of ``questions`` can go with how little loss of prediction of ``outcome`` and of driver ranking.

    ``table``: any of :func:`kapula.as_table`. ``leading``: columns that are at hand anyway and stay in the model (leading indicators,
    lagged by the caller). ``always``: questions that may never go. ``scale``: the questions of Cronbach's alpha (all of them). ``seconds``:
    the column of the time it took to answer ``questions`` and ``outcome``, or question → seconds. ``cluster``: whose rows belong
    together: they stay in one fold. ``time``: then folds are stretches of time. ``max_loss``: how much R² may fall at most (upper limit);
    ``min_agreement``: least rank correlation of the kept questions' shares. ``twin``: least sure correlation of two questions that ask
    the same. ``careless``: index → cut, as in :data:`~kapula.analyses.prune.careless.CUTS`; ``agree``: how many indices must agree.

    R² is that of the linear model on answers not seen; 0.01 is one percentage point of the outcome's variance. Raises
    :class:`~kapula.errors.KapulaError` of the kind that fits. Method: docs/analyses/prune.md.
    """
    settings = checked(
        outcome=outcome, questions=questions, leading=leading, always=always, scale=scale, seconds=seconds, weight=weight,
        cluster=cluster, time=time, max_loss=max_loss, min_agreement=min_agreement, twin=twin, folds=folds, repeats=repeats,
        n_boot=n_boot, careless=careless, agree=agree, level=level, seed=seed,
    )  # fmt: skip
    return _Run(settings, prepare(table, settings, filters), progress).result()


class _Run:
    """One run over whole rows."""

    def __init__(self, settings: Settings, rows: Rows, progress: Progress) -> None:
        self.settings, self.rows, self.progress = settings, rows, progress
        self.constant = constant(rows) if rows.n else ()
        usable = [name for name in (*settings.leading, *settings.always) if name not in self.constant]
        usable += [q for q in settings.questions if q not in settings.always and q not in self.constant]
        self.told = collinear(rows, tuple(usable)) if rows.n > len(usable) else ()
        self.usable = tuple(name for name in usable if name not in self.told)
        self.leading = tuple(name for name in self.usable if name in settings.leading)
        self.questions = tuple(name for name in self.usable if name in settings.questions)

    def result(self) -> PruneResult:
        settings, rows = self.settings, self.rows
        lacking = needed(rows, len(settings.leading) + len(settings.questions))
        if lacking is not None:
            return self._plain(NOT_ENOUGH, lacking, ())
        found, flagged = self._careless()
        reliability = self._alpha(rows)
        warnings = self._warnings(found, reliability)
        if settings.outcome in self.constant:
            return replace(self._plain("no_prediction", None, warnings), alpha=reliability, careless=found)
        if not self.questions:
            return self._empty_all(found, warnings)
        twice = bool(flagged.any())
        whole = self._fit(rows, 0, 1 + twice)
        cut = replace(whole.cut, alpha=None if reliability is None else reliability.value)
        return PruneResult(
            whole.cut.verdict, rows.n, whole.needed_n, settings.outcome,
            questions=tuple(self._question(name, whole, reliability) for name in settings.questions),
            leading=settings.leading, twins=whole.twins, alpha=reliability, careless=found, with_all=cut,
            without_careless=self._without(flagged) if twice else None if found is None else cut,
            **self._saved(whole.cut.drop), method=settings.method, warnings=warnings,
        )  # fmt: skip

    def _empty_all(self, found: Careless | None, warnings: tuple[str, ...]) -> PruneResult:
        """No question says anything of its own: each can go, and there is no model to judge by."""
        plain = self._plain("can_drop" if self._empty() else "keep_all", None, warnings)
        questions = tuple(self._unusable(one) for one in plain.questions)
        saved = self._saved(())
        return replace(
            plain, questions=questions, careless=found,
            seconds_saved=saved["seconds_saved"], minutes_saved=saved["minutes_saved"],
        )  # fmt: skip

    def _unusable(self, one: QuestionFound) -> QuestionFound:
        code = "zero_variance" if one.name in self.constant else "collinear_question"
        return replace(one, drop=not one.always, warnings=(code,))

    def _fit(self, rows: Rows, done: int, parts: int) -> Fit:
        repeats = self.settings.repeats
        return fit(
            rows, self.settings, self.leading, self.questions,
            lambda repeat: self.progress(done * repeats + repeat, parts * repeats),
        )  # fmt: skip

    def _without(self, flagged: NDArray[np.bool_]) -> Cut | None:
        """The cut without careless answers; None when too few are left, or nothing differs among them."""
        rest = self.rows.where(~flagged)
        columns = {*self.usable, self.settings.outcome}
        if needed(rest, len(self.usable)) is not None or columns & set(constant(rest)):
            return None
        if collinear(rest, self.usable):
            return None
        reliability = self._alpha(rest)
        return replace(self._fit(rest, 1, 2).cut, alpha=None if reliability is None else reliability.value)

    def _careless(self) -> tuple[Careless | None, NDArray[np.bool_]]:
        seconds = None if self.rows.seconds is None else self.rows.seconds / (1 + len(self.settings.questions))
        return careless(
            self.rows.columns(self.settings.questions), seconds, self.settings.careless, self.settings.agree
        )

    def _alpha(self, rows: Rows) -> Alpha | None:
        """None for fewer than two questions that differ, or too few answers."""
        names = tuple(name for name in self.settings.scale if name not in constant(rows))
        if len(names) <= 1 or rows.units < LEAST_ALPHA:
            return None
        weight = rows.weight if self.settings.weight else None
        return alpha(
            rows.columns(names), names, weight=weight, unit=rows.unit if self.settings.cluster else None,
            level=self.settings.level,
        )  # fmt: skip

    def _question(self, name: str, whole: Fit, reliability: Alpha | None) -> QuestionFound:
        found = QuestionFound(name, False, name in self.settings.always, seconds=self._seconds().get(name))
        item = next((one for one in reliability.items if one.name == name), None) if reliability else None
        if item is not None:
            found = replace(
                found, reversed=item.reversed, item_rest=item.item_rest, alpha_if_dropped=item.alpha_if_dropped
            )
        if name not in self.questions:
            return self._unusable(found)
        partner = next(
            (b if a == name else a for a, b in ((p.first, p.second) for p in whole.twins) if name in (a, b)), None
        )
        found = replace(found, twin_of=partner)
        if whole.cut.verdict == "no_prediction":
            return found
        found = replace(found, share=whole.shares[name])
        if name not in whole.order:
            return found
        step = whole.order.index(name) + 1
        return replace(
            found, drop=name in whole.cut.drop, order=step, loss=Interval(*whole.path.at(step)),
            rank_agreement=_known(whole.agreement, step), rank_low=_known(whole.agreement_low, step),
        )  # fmt: skip

    def _seconds(self) -> dict[str, float]:
        """How long each question takes: as told, or the median answer's time divided evenly."""
        if isinstance(self.settings.seconds, Mapping):
            return dict(self.settings.seconds)
        if self.rows.seconds is None or not np.isfinite(self.rows.seconds).any():
            return {}
        each = float(np.nanmedian(self.rows.seconds)) / (1 + len(self.settings.questions))
        return dict.fromkeys(self.settings.questions, each)

    def _saved(self, gone: tuple[str, ...]) -> dict[str, float | None]:
        known = self._seconds()
        spared = [name for name in self.settings.questions if name in (*gone, *self._empty())]
        if not known or any(name not in known for name in spared):
            return {"seconds_saved": None, "minutes_saved": None}
        saved = sum(known[name] for name in spared)
        return {"seconds_saved": saved, "minutes_saved": saved * self.rows.n / 60}

    def _empty(self) -> tuple[str, ...]:
        return tuple(
            name for name in self.settings.questions if name not in self.questions and name not in self.settings.always
        )

    def _plain(self, verdict: str, lacking: int | None, warnings: tuple[str, ...]) -> PruneResult:
        questions = tuple(QuestionFound(name, False, name in self.settings.always) for name in self.settings.questions)
        return PruneResult(
            verdict, self.rows.n, lacking, self.settings.outcome, questions, self.settings.leading,
            method=self.settings.method, warnings=warnings or self._warnings(None, None),
        )  # fmt: skip

    def _warnings(self, found: Careless | None, reliability: Alpha | None) -> tuple[str, ...]:
        rows, settings = self.rows, self.settings
        codes = {
            "many_blanks": rows.given > 0 and rows.n < (1 - BLANKS) * rows.given,
            "few_clusters": bool(settings.cluster) and rows.units < LEAST_UNITS,
            "unequal_weights": bool(settings.weight) and rows.n > 0 and rows.effective < min(rows.n, rows.units) / 2,
            "zero_variance": bool(self.constant),
            "collinear_question": bool(self.told),
            "no_reversed_item": found is not None and reliability is not None and not reliability.reversed,
        }
        return tuple(code for code, holds in codes.items() if holds)


def _known(values: Floats, step: int) -> float | None:
    return None if np.isnan(values[step]) else float(values[step])

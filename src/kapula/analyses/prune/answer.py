"""The whole answer over the rows: enough of them, a model to judge by, and what it says."""

from __future__ import annotations

from dataclasses import replace

from kapula.analyses.contract import NOT_ENOUGH, Progress
from kapula.analyses.prune.fits import fit_on, without
from kapula.analyses.prune.indices import Careless
from kapula.analyses.prune.quality import alpha_of, careless_of
from kapula.analyses.prune.question import QuestionFound
from kapula.analyses.prune.reliability import Alpha
from kapula.analyses.prune.results import PruneResult
from kapula.analyses.prune.settings import ENOUGH_RESAMPLES
from kapula.analyses.prune.sift import Sifted
from kapula.analyses.prune.spared import saved
from kapula.analyses.prune.told import question_of, unranked, warnings_of
from kapula.analyses.prune.usable import needed
from kapula.analyses.resamples import few_resamples


def answered(kept: Sifted, progress: Progress) -> PruneResult:
    settings, rows = kept.settings, kept.rows
    lacking = needed(rows, len(settings.leading) + len(settings.questions))
    if lacking is not None:
        return _plain(kept, NOT_ENOUGH, lacking, ())
    found, flagged = careless_of(rows, settings)
    reliability = alpha_of(rows, settings)
    warnings = warnings_of(kept, found, reliability)
    if settings.outcome in kept.constant:
        return _unmodelled(kept, "no_prediction", found, reliability, warnings)
    if not kept.questions:
        return _unmodelled(kept, "keep_all", found, reliability, warnings)
    twice = bool(flagged.any())
    whole = fit_on(rows, kept, progress, 0, 1 + twice)
    cut = replace(whole.cut, alpha=None if reliability is None else reliability.value)
    verdict = _with_empty(kept, whole.cut.verdict)
    return PruneResult(
        verdict, rows.n, whole.needed_n if verdict == "unsure" else None, settings.outcome,
        questions=tuple(question_of(name, kept, whole, reliability) for name in settings.questions),
        leading=settings.leading, twins=(*kept.copies, *whole.twins), alpha=reliability, careless=found, with_all=cut,
        without_careless=without(kept, flagged, progress) if twice else None if found is None else cut,
        **saved(kept, whole.cut.drop), method=settings.method,
        warnings=(*warnings, *few_resamples(settings.n_boot, ENOUGH_RESAMPLES)),
    )  # fmt: skip


def _with_empty(kept: Sifted, verdict: str) -> str:
    """A copy of another question and one that all answer alike go without a model, though it lets no other one go or predicts nothing."""
    return "can_drop" if kept.empty else verdict


def _unmodelled(
    kept: Sifted, verdict: str, found: Careless | None, reliability: Alpha | None, warnings: tuple[str, ...]
) -> PruneResult:
    """There is no model to judge by: the outcome never varies, or no question says anything of its own."""
    plain = _plain(kept, _with_empty(kept, verdict), None, warnings)
    questions = tuple(unranked(name, kept, reliability) for name in kept.settings.questions)
    spared = saved(kept, ())
    return replace(
        plain, questions=questions, twins=kept.copies, alpha=reliability, careless=found,
        seconds_saved=spared["seconds_saved"], minutes_saved=spared["minutes_saved"],
    )  # fmt: skip


def _plain(kept: Sifted, verdict: str, lacking: int | None, warnings: tuple[str, ...]) -> PruneResult:
    settings = kept.settings
    questions = tuple(QuestionFound(name, False, name in settings.always) for name in settings.questions)
    return PruneResult(
        verdict, kept.rows.n, lacking, settings.outcome, questions, settings.leading,
        method=settings.method, warnings=warnings or warnings_of(kept, None, None),
    )  # fmt: skip

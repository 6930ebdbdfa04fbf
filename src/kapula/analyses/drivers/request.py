"""A question checked before any data is read: groups to players, and the usual method where none is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kapula.analyses.drivers.question import EXACT, RESAMPLED, Player, Question
from kapula.analyses.drivers.request_checks import check_columns, check_settings, check_size, refused


def question(outcome: str, drivers: Any, method: str | None, groups: Any, always: Any, **settings: Any) -> Question:
    """Raises :class:`ParameterError` for what cannot be asked."""
    players = tuple(_players(_names(drivers), _groups(groups)))
    covariates = tuple(_names(always))
    found = Question(
        outcome, players, covariates, method=method or usual_method(len(players), settings["n_boot"]), **settings
    )
    check_columns(found)
    check_settings(found)
    check_size(found)
    return found


def usual_method(players: int, n_boot: int) -> str:
    """LMG while every subset can be computed, Johnson's weights beyond."""
    return "lmg" if players <= (RESAMPLED if n_boot else EXACT) else "johnson"


def _names(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def _groups(groups: Any) -> dict[str, tuple[str, ...]]:
    """Group → columns; groups without names are named by their columns."""
    if groups is None:
        return {}
    if not isinstance(groups, Mapping):
        groups = {" + ".join(columns): columns for columns in groups}
    found = {name: tuple(_names(columns)) for name, columns in groups.items()}
    for name, columns in found.items():
        if not columns:
            raise refused("groups", f"The group {name!r} has no columns.", "Name its columns.", name)
    return found


def _players(names: Sequence[str], groups: Mapping[str, tuple[str, ...]]) -> list[Player]:
    """In the order asked: a group stands where its name or its first column stands; groups not among the drivers come last."""
    home = {column: name for name, columns in groups.items() for column in columns}
    order: list[str] = []
    for name in names:
        player = name if name in groups else home.get(name, name)
        if player not in order or player == name:
            order.append(player)
    order += [name for name in groups if name not in order]
    return [Player(name, groups.get(name, (name,))) for name in order]

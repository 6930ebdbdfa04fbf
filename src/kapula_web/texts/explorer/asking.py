"""From an address and a person to the comments they see: everything a page, a file or another page asks goes through here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kapula_web.accounts.models import Membership, Organisation, Role
from kapula_web.ledger.models import Comment
from kapula_web.texts.explorer.choosing import Chosen, Hits, Rows, choose
from kapula_web.texts.explorer.filters import Filters
from kapula_web.texts.explorer.searching import search
from kapula_web.texts.explorer.shelf import Shelf, shelf_of


@dataclass(frozen=True, slots=True)
class View:
    """``teams``: codes of the only teams whose comments the person may read, None for all."""

    organisation: Organisation
    filters: Filters
    shelf: Shelf
    chosen: Chosen
    hits: Hits | None
    teams: frozenset[str] | None

    def comments(self, rows: Rows) -> list[Comment]:
        """The comments at these places, in this order, as the ledger has them now: one that is gone is not there."""
        ids = self.shelf.ids[rows].tolist()
        found = Comment.objects.select_related(
            "response__organisation", "response__touchpoint", "response__team", "analysis"
        )
        by_id = found.prefetch_related("analysis__mentions").in_bulk(ids)
        # Asked in SQL, whose they are would make SQLite walk all the organisation's answers.
        theirs = {pk: one for pk, one in by_id.items() if one.response.organisation_id == self.organisation.pk}
        return [theirs[one] for one in ids if one in theirs]

    def loosened(self) -> list[tuple[Filters, int]]:
        """Each way to let one of the choices go that gives something to see, and how many comments it gives."""
        ways = [replace(self.filters, values=self.filters.without(name)) for name in self.filters.values]
        if self.filters.start or self.filters.end:
            ways.append(replace(self.filters, start=None, end=None))
        found = [(way, len(choose(self.shelf, way, self.hits, self.teams))) for way in ways]
        if self.hits is not None:
            way = replace(self.filters, q="", like=None, how="words", order="")
            found.append((way, len(choose(self.shelf, way, None, self.teams))))
        return [(way, count) for way, count in found if count]


def ask(membership: Membership, filters: Filters) -> View:
    """A team lead sees their own teams' comments; analysts and owners all. Staff's own comments are never among them."""
    organisation = membership.organisation
    teams = None
    if membership.role == Role.TEAM_LEAD:
        teams = frozenset(membership.teams.values_list("code", flat=True))
    shelf = shelf_of(organisation)
    hits = search(organisation, shelf, filters, teams)
    return View(organisation, filters, shelf, choose(shelf, filters, hits, teams), hits, teams)

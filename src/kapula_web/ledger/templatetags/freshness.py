"""What data there is and how old it is, in templates."""

from __future__ import annotations

from django import template

from kapula_web.ledger import freshness

register = template.Library()
register.filter("held", freshness.held)
register.filter("ago", freshness.ago)

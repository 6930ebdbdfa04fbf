"""Words for the explorer's own codes."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula_web.kit.codes import Text, register
from kapula_web.texts.explorer.filters import DIMENSIONS, ORDERS, SIGNS, WAYS
from kapula_web.texts.explorer.shelf import BANDS

SIGN_WORDS: Final[dict[str, Text]] = {
    "urgent": _("kiireellinen"),
    "churn_risk": _("saattaa lähteä"),
    "unresolved": _("asia jäi auki"),
    "suggestion": _("ehdotus"),
}
SIGN_MEANINGS: Final[dict[str, Text]] = {
    "urgent": _("Ei voi odottaa maanantaihin: vaara, lakiasia, haavoittuva ihminen tai viimeinen mahdollisuus."),
    "churn_risk": _("Kertoo lähtevänsä tai vaihtavansa, tai vihjaa siihen selvästi."),
    "unresolved": _("Sanoo, ettei asia hoitunut."),
    "suggestion": _("Ehdottaa, miten voisi tehdä toisin."),
}
EMPATHY: Final[dict[str, Text]] = {"shown": _("kohdattiin ihmisenä"), "missing": _("jäi ilman kohtaamista")}
SCORES: Final[dict[str, Text]] = {"low": _("matala"), "middle": _("keskitasoa"), "high": _("korkea")}
GROUPS: Final[dict[str, Text]] = {
    "theme": _("Teema"),
    "sentiment": _("Sävy"),
    "sign": _("Huomattavaa"),
    "touchpoint": _("Kohtaamispiste"),
    "team": _("Tiimi"),
    "channel": _("Kanava"),
    "segment": _("Asiakasryhmä"),
    "source": _("Lähde"),
    "score": _("Arvosana"),
    "answer": _("Vastaus"),
    "days": _("Jakso"),
    "emotion": _("Tunne"),
    "empathy": _("Kohtaaminen"),
    "language": _("Kieli"),
}
ORDER_WORDS: Final[dict[str, Text]] = {
    "best": _("osuvin ensin"),
    "new": _("uusin ensin"),
    "old": _("vanhin ensin"),
}
WAY_WORDS: Final[dict[str, Text]] = {"words": _("Sanoilla"), "meaning": _("Merkityksellä")}

register("sign", SIGN_WORDS, lambda: set(SIGNS))
register("sign_meaning", SIGN_MEANINGS, lambda: set(SIGNS))
register("comment_empathy", EMPATHY, lambda: {"shown", "missing"})
register("score_band", SCORES, lambda: set(BANDS))
register("comment_filter", GROUPS, lambda: set(DIMENSIONS))
register("comment_order", ORDER_WORDS, lambda: set(ORDERS))
register("comment_search", WAY_WORDS, lambda: set(WAYS))
register("comment_tone", {"unsure": _("ei varmaa")}, lambda: {"unsure"})

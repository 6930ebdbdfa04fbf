"""What can be wrong, what mends it and how grave it is, in words."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula_web.kit import codes

KINDS: Final = {
    "stale": _("Vanhentunut"),
    "scattered": _("Hajallaan"),
    "generic": _("Ei kerro mitään"),
    "constant": _("Kaikki vastaavat samoin"),
    "duplicated": _("Kahteen kertaan"),
    "never_opened": _("Avaamatta"),
    "unanswered": _("Vastaamatta"),
    "off_scale": _("Asteikon ulkopuolella"),
    "identity": _("Ei tunnisteta"),
    "break": _("Vertailu katkeaa"),
    "no_owner": _("Ilman omistajaa"),
}
WAYS_OUT: Final = {
    "renew_or_close": _("Hae uutta aineistoa tai kerro, että lähde on lopetettu"),
    "merge": _("Pidä yksi ja yhdistä muut siihen"),
    "drop": _("Jätä kysymys pois"),
    "add_reason": _("Kysy arvosanan rinnalla myös syytä"),
    "check_routing": _("Tarkista, kenelle kysymys näkyy ja miten se on sanottu"),
    "undo_import": _("Peru jälkimmäinen tuonti"),
    "fix_import": _("Korjaa hylätyt rivit"),
    "add_identity": _("Tuo asiakkaan tunnus mukaan"),
    "declare_scale": _("Kerro asteikko ja koodit, jotka eivät ole vastauksia"),
    "compare_apart": _("Vertaa vain muutoksen samalla puolella"),
    "open_or_drop": _("Katso mittaria tai poista se mallista"),
    "name_owner": _("Nimeä omistaja"),
}
SEVERITIES: Final = {"high": _("korjaa ensin"), "medium": _("korjaa"), "low": _("hyvä tietää")}

codes.register("health_kind", KINDS, lambda: set(KINDS))
codes.register("health_way_out", WAYS_OUT, lambda: set(WAYS_OUT))
codes.register("health_severity", SEVERITIES, lambda: set(SEVERITIES))

"""Words for what is said of comments, and for the deeds of the codebook."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula.text import labels
from kapula_web.kit.codes import Text, register

SENTIMENTS: Final[dict[str, Text]] = {
    "positive": _("myönteinen"),
    "negative": _("kielteinen"),
    "mixed": _("sekä että"),
    "neutral": _("neutraali"),
}
EMOTIONS: Final[dict[str, Text]] = {
    "anger": _("viha"),
    "frustration": _("turhautuminen"),
    "disappointment": _("pettymys"),
    "sadness": _("suru"),
    "fear": _("pelko"),
    "surprise": _("yllätys"),
    "joy": _("ilo"),
    "gratitude": _("kiitollisuus"),
    "trust": _("luottamus"),
    "none": _("ei tunnetta"),
}
PERSONAL: Final[dict[str, Text]] = {
    "name": _("nimi"),
    "hetu": _("henkilötunnus"),
    "phone": _("puhelinnumero"),
    "email": _("sähköposti"),
    "address": _("osoite"),
    "iban": _("tilinumero"),
    "plate": _("rekisterinumero"),
    "order_no": _("tilausnumero"),
    "business_id": _("Y-tunnus"),
}
INTENSITIES: Final[dict[str, Text]] = {
    "0": _("ei sävyä"),
    "1": _("lievä"),
    "2": _("selvä"),
    "3": _("voimakas"),
}
LANGUAGES: Final[dict[str, Text]] = {
    "fi": _("suomi"),
    "sv": _("ruotsi"),
    "en": _("englanti"),
    "other": _("muu kieli"),
    "mixed": _("useita kieliä"),
}
AUDIT: Final[dict[str, Text]] = {
    "codebook.theme_created": _("Lisäsi teeman koodikirjaan"),
    "codebook.theme_changed": _("Muutti koodikirjan teemaa"),
    "codebook.theme_retired": _("Poisti teeman käytöstä"),
    "codebook.theme_restored": _("Palautti teeman käyttöön"),
    "codebook.theme_moved": _("Siirsi teemaa koodikirjassa"),
    "codebook.phrases_gone": _("Poisti teemasta lauseita, joita liian harva asiakas on enää sanonut"),
    "comment.theme_corrected": _("Korjasi kommentin teeman"),
    "comment.file_taken": _("Latasi kommentteja tiedostona"),
    "comment.original_seen": _("Katsoi kommentin alkuperäisenä"),
    "comment.correction_undone": _("Perui kommentin korjauksen"),
    "codebook.taught": _("Opetti teeman korjauksilla"),
    "codebook.unlearned": _("Unohti, mitä korjaukset olivat opettaneet teemasta"),
}

register("sentiment", SENTIMENTS, lambda: set(labels.SENTIMENTS))
register("feeling", EMOTIONS, lambda: set(labels.EMOTIONS))
register("personal", PERSONAL, lambda: set(labels.PERSONAL))
register("intensity", INTENSITIES, lambda: {str(one) for one in labels.INTENSITIES})
register("comment_language", LANGUAGES, lambda: set(labels.LANGUAGES))
register("audit", AUDIT)


def name_taken(theme: str) -> str:
    """Two themes of one name could not be told apart on any page."""
    text = gettext("Koodikirjassa on jo teema %(name)s. Anna tälle toinen nimi, tai muuta sitä teemaa.")
    return text % {"name": theme}

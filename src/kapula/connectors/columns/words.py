"""What columns are called in Finnish, Swedish and English, by role.

A pattern is searched in the name in lower case. ``\\b`` counts the underscore as a letter, so names are given with spaces for it.
"""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final[dict[str, str]] = {
    "external_id": (
        r"^(id|nro|no|nr|number|rivi|row)$|vastaus ?(id|tunnus|numero)|vastaaja(n|t)? ?(id|tunnus|numero)|response ?(id|no|number)|"
        r"respondent ?(id|no|nr|number|nummer)|^resp(num|id|no)$|(svars?|svarand\w*) ?(id|nr|nummer)|"
        r"(palaute|kommentti) ?(id|tunnus|numero)|"
        r"feedback ?id|submission ?id|comment ?id|answer ?id|key comment|tiketti|ticket ?(id|no)|tapahtuma ?(id|tunnus)|event ?id"
    ),
    "occurred_at": (
        r"\bpvm\b|päivämäärä|^päivä$|vastaus ?(päivä|aika|hetki|pvm)|vastattu|asiointi ?(päivä|aika|pvm)|tapahtuma ?(päivä|aika|hetki)|"
        r"ajankohta|aikaleima|palaute ?(päivä|aika|pvm)|\bdatum\b|svars? ?(datum|tid)|tidpunkt|tidsstämpel|"
        r"\bdate\b|date$|timestamp|date ?time|submitted|completed|responded|recorded|answered|end ?date|"
        r"start ?date|occurred|created|luotu|skapad"
    ),
    "received_at": r"vastaanotettu|saapunut|mottagen|received|imported",
    "customer": (
        r"^asiakas$|asiakas ?(numero|nro|tunnus|id|no|nimi)|asiakkaan ?(numero|tunnus|id)|^kund$|kund ?(nummer|nr|id|namn)|"
        r"^customer$|customer ?(id|no|number|key|name)|client ?(id|no)|member ?(id|no)|jäsen ?(numero|nro)|key user|user ?id|contact ?id"
    ),
    "account": (
        r"^yritys$|yritys ?(nimi|tunnus|id)|asiakasyritys|yrityksen nimi|y.tunnus|^organisaatio|företag|"
        r"^account$|account ?(id|name|no)|company|"
        r"^organi[sz]ation( ?(name|id))?$|fo.nummer"
    ),
    "team": (
        r"\btiimi|^osasto|yksikkö|toimipiste|myyjä|palvelija|käsittelijä|\bteam|enhet|avdelning|department|"
        r"\bunit\b|agent|trust$|division|directorate"
    ),
    "touchpoint": (
        r"kohtaamispiste|kosketuspiste|kohtaaminen|^palvelu$|palvelu ?(nimi|kohta|tapahtuma)|"
        r"asiointi ?(tyyppi|kohta|paikka)|palvelupiste|"
        r"mittauspiste|kysely(n nimi)?$|kontaktpunkt|mötespunkt|^tjänst$|touch ?point|service ?point|"
        r"^service( type)?( 1)?$|journey ?stage|"
        r"experience ?point"
    ),
    "channel": r"kanava|\bkanal|channel|lähde$|distribution|^väylä",
    "segment": r"segment|asiakasryhmä|kohderyhmä|asiakas ?(tyyppi|luokka)|kund ?(grupp|typ)|customer ?(group|type|class|tier)",
    "language": r"^kieli$|vastauskieli|kielikoodi|lomakkeen kieli|\bspråk|language|\blang\b|locale",
    "weight": r"\bpaino|painokerroin|\bvikt|\bweight|^wt$|^wgt$",
    "perspective": r"näkökulma|perspektiv|perspective",
    "comment": (
        r"kommen|avoin|avovastaus|vapaa ?(sana|teksti)|palaute$|palaute ?teksti|terveiset|perustelu|kerro |miksi|mitä voisimme|"
        r"parannusehdotus|kehitysehdotus|öppen|öppet|fritext|fritt? svar|motivering|varför|berätta|synpunkt|"
        r"comment|verbatim|free ?text|open ?(text|end|answer)|feedback$|^why|what could|suggestion|other ?text|\btext$|txt$"
    ),
    "question": r"^kysymys( ?(teksti|koodi|id|nro))?$|^fråga$|^question( ?(text|code|id|key))?$|^mittari$|^item$|^väittämä$",
    "answer": r"^vastaus( ?arvo)?$|^svar$|^answer( ?value)?$|^response$|^arvo$|^value$|^värde$|^pisteet$|^score$",
    "period": r"^(kuukausi|viikko|vuosi|kvartaali|jakso|kausi|period|periodi|vecka|månad|år|kvartal|week|month|year|quarter|kk|vko|vk)$|"
    r"^(pvm|päivä|päivämäärä|datum|date|day|dag|tunti|hour)$",
    "measure": r"^(mittari|tunnusluku|suure|measure|metric|indicator|kpi|mått|mätare|mätetal|indikator|nyckeltal)$",
    "value": r"^(arvo|tulos|lukema|value|värde|utfall|result)$",
    "n": r"^n$|^(lkm|kpl|määrä|lukumäärä|havaintoja|vastauksia|antal|count|volume|volyymi|otos|sample ?size)$",
    "kind": (
        r"^(tapahtuma|tapahtumatyyppi|tapahtuman tyyppi|toiminto|aktiviteetti|händelse|händelsetyp|event|"
        r"event ?(type|name|kind)|activity|action|concept:name|tyyppi|kind)$"
    ),
    "revenue": (
        r"liikevaihto|myynti|laskutus|tuotto|eurot|omsättning|försäljning|fakturering|intäkt|revenue|sales|"
        r"turnover|billing|monthly ?charges?|\bmrr\b|\barr\b"
    ),
    "active": (
        r"aktiivinen|asiakkuus voimassa|voimassa|poistuma|poistunut|päättynyt|aktiv\b|\bactive\b|"
        r"\bchurn(ed)?\b|retained|status ?active"
    ),
}
ROLE_NAMES: Final = {role: re.compile(pattern) for role, pattern in _WORDS.items()}

NPS: Final = re.compile(r"\bnps\b|net ?pro|suosittel|suositus|rekommend|recommend|todennäköi|likely|sannolik|\bltr\b")
SCHOOL_GRADE: Final = re.compile(r"kouluarvosana|kouluasteikko|4\s*[-–]\s*10")
SMILEY: Final = re.compile(r"hymiö|hymy|smiley|happy|ilme|painike")
SCORE: Final = re.compile(
    r"\bnps\b|net ?pro|\bcsat\b|\bces\b|suosittel|arvosana|pisteet|piste$|tyytyväi|arvio|asteikko|rekommend|recommend|betyg|poäng|nöjd|"
    r"rating|\brate\b|rate$|score|\bsatisf|grade|vaiva|helppo|lätt|effort|ease|odotu(kse|s)|odotti|vastasi|samaa mieltä|onnistu|"
    r"laatu|kvalitet|\bquality|toimivuus|ystävälli|asiantunte|bemötande|tunne|fft"
)
QUESTION_LIKE: Final = re.compile(
    r"^(q|k|f|kys|kysymys|fråga|question|item|v|x)[ ._]?\d+|\?|:|väittämä|kuinka|miten|hur |how "
)
OPERATIONAL: Final = re.compile(
    r"jono|odotus ?aika|vastaus ?aika|läpimeno|toimitus|käsittely ?aika|puhelu|yhteydeno|kontakti|käynti|vierailu|reklamaatio|häiriö|"
    r"katko|henkilöstö|hävikki|määrä|lkm|kpl|keskiarvo|mediaani|prosentti|%|aste\b|minuut|sekun|tunti|päivää|"
    r"kö ?tid|vänte|leverans|samtal|besök|ärende|antal|andel|"
    r"queue|wait|handling|delivery|deliveries|calls|contacts|visits|complaints|outage|staff|volume|count|"
    r"minutes|seconds|hours|rate|share|avg|average"
)
OPEN_QUESTION: Final = re.compile(r"^(mikä|mitä|miten|miksi|minkä|vad|varför|what|why)\b.*\?$")
ABOUT_COMMENT: Final = re.compile(
    r"(comment|kommen\w*|palaute|feedback|text) ?(id|no|nr|code|koodi|kod|type|tyyppi|typ|group|field|"
    r"sentiment|language|kieli|date|count)\b"
)
IDENTITY_CODE: Final = re.compile(r"\bhetu\b|henkilötunnus|personbeteckning|personnummer|social security|\bssn\b")
PERSONAL: Final = re.compile(
    r"e.?mail|sähköposti(osoite)?$|e.?post|puhelin(numero)?$|"
    r"\bgsm\b|telefon(nummer)?$|phone( number)?$|^ip.?(address|osoite)$|etunimi|sukunimi|förnamn|efternamn|first ?name|last ?name|"
    r"recipient ?(last|first) ?name|location ?(latitude|longitude)|lähiosoite|katuosoite"
)


def spaced(name: str) -> str:
    """A name ready for the patterns: lower case, camel case, underscores and the hyphens of compounds (Vastaus-ID) opened up."""
    opened = re.sub(r"(?<=[a-zåäö0-9])(?=[A-ZÅÄÖ][a-zåäö])", " ", name)
    return re.sub(r"[\s_]+|(?<=[^\W\d])-(?=[^\W\d])", " ", opened).casefold().strip()


def roles_named(name: str) -> list[str]:
    """The roles whose words the name holds."""
    text = spaced(name)
    return [role for role, pattern in ROLE_NAMES.items() if pattern.search(text)]

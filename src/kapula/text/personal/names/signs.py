"""Words around a name that tell a person is meant: titles and trades, "nimeni on", thanks, and what people do.

Each pattern is matched against a whole word in small letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kapula.text.personal.names import lists

ROLE: Final = 1 << 10
"""A title or trade in its own form (or with a possessive): what follows it is a name."""
ROLE_INFLECTED: Final = 1 << 11
"""The same, inflected: the name that follows has the same ending."""
CUE: Final = 1 << 12
"""What follows is a name, even one nobody has heard of: nimi, terveisin, Mr, heter."""
THANKS: Final = 1 << 13
DOING: Final = 1 << 14
"""What a person does: soitti, vastasi, helped."""
FILLER: Final = 1 << 15
"""Stands between a cue and the name: on, är, is, oli."""
THING: Final = 1 << 16
"""What comes after a person's name that has become a place's or a firm's: katu, koulu, sairaala."""
PARTICLE: Final = 1 << 17
"""Between first name and surname: von, de, bin."""
AND: Final = 1 << 18
NOBODY: Final = 1 << 19
"""Follows a cue, but is no name: asiakas, perhe."""
SHAPED: Final = 1 << 20
"""Shaped as a surname in -nen, or "Riitta-niminen"."""
HOUSE: Final = 1 << 21
"""Shaped as a farm's or family's name in the genitive, which may stand before a first name: Kuoppamäen Reijo."""
SURNAMED: Final = 1 << 22
"""Shaped as a surname in its own form: -la, -mäki, -nen, -ström."""
GREETING: Final = 1 << 23
"""Terveiset, terkkuja: who is greeted stands in the allative."""

_TRADES: Final = (
    "hoitaja|myyjä|neuvoja|opettaja|ope|ohjaaja|johtaja|päällikkö|lääkäri|asentaja|työntekijä|palvelija|virkailija|insinööri|vastaava|mestari|"
    "kuljettaja|kuski|välittäjä|konsultti|siivooja|tarkastaja|sihteeri|edustaja|henkilö|mies|nainen|isännöitsijä|kirjanpitäjä|pitäjä|terapeutti|"
    "kauppias|yrittäjä|tuottaja|kokki|tarjoilija|kampaaja|parturi|hieroja|pappi|seppä|valvoja|vartija|emäntä|isäntä|jäsen|puhuja|kouluttaja|"
    "asiantuntija|tuntija|tutkija|käsittelijä|avustaja|järjestäjä|esimies|pomo|vetäjä|tekijä|soittaja|harjoittelija|kesäpoika|likka|tyyppi|kaveri|ystävä|"
    "tyttö|poika|jätkä|täti|setä|eno|mummo|mummi|vaari|pappa|ukki|naapuri|asukas|potilas|opas|valmentaja|respa|mekaanikko|huoltaja|edunvalvoja|nimismies|"
    "psykologi|optikko|apteekkari|proviisori|farmaseutti|arkkitehti|suunnittelija|eläinlääkäri|kätilö|rakentaja|remppamies|sähkömies|putkimies|talkkari"
)
_FAMILY: Final = "vaimo|mieh|tyttäre|poika|poja|äiti|äidi|isä|isoäiti|isoisä|sisko|siskon|velje|lapse|puoliso|kumppani|appiukko|anoppi|mummo|pappa|ukki|kissa|koira|eno|setä|täti|kummi|serkku"
_ROLES: Final = re.compile(
    rf"(?:[a-zåäö-]*(?:{_TRADES})|[a-zåäö-]{{5,}}(?:ja|jä)|presidentti|ministeri|rouva|herra|hra|rva|neiti|nti|tohtori|tri|prof|professori|maisteri|dipl|fru|herr|fröken|doktor|mister|"
    r"mr|mrs|ms|miss|mx|dr|sir|madam|nurse|doctor|[a-z]*agent|technician|driver|teacher|advisor|adviser|assistant|receptionist|engineer|named|called|colleague|"
    r"[a-zåäö]*(?:skötersk|läkar|rådgivar|handläggar|försäljar|montör|lärar|person|mäklar|chaufför|chef|tekniker|ingenjör|frisör|kock|servitris|servitör|expedit|granne|terapeut|"
    r"vaktmästar|hemvårdar|närvårdar|kollega|vän)(?:a|an|e|en|n|are|aren)?)"
)
_POSSESSED: Final = re.compile(rf"(?:[a-zåäö-]*(?:{_TRADES}|{_FAMILY}))(?:e|i|a|ä)?(?:ni|mme|nne|nsa|nsä|si)")
_INFLECTED: Final = re.compile(
    r"(?:[a-zåäö-]*(?:hoitaja|myyjä|neuvoja|opettaja|ohjaaja|johtaja|päällikö|lääkäri|asentaja|työntekijä|palvelija|virkailija|insinööri|"
    r"vastaava|mestari|kuljettaja|kuski|välittäjä|konsulti|tarkastaja|sihteeri|edustaja|henkilö|miehe|naise|isännöitsijä|pitäjä|terapeuti|kauppiaa|yrittäjä|kampaaja|"
    r"viranhaltija|asiantuntija|käsittelijä|avustaja|soittaja|valmentaja|omahoitaja|kaveri|ystävä|naapuri)|rouva|herra|neidi|tohtori)(?P<case>n|a|ä|lle|lta|ltä|lla|llä|sta|stä|ssa|ssä|ksi)"
)
_CUES: Final = re.compile(
    r"nimi|nimeni|nimeksi|nimellä|nimellään|nimelle|nimeltä|nimeltään|nimensä|nimisen|niminen|terveisin|terv|kunnioittaen|t|yst|ystävällisin|yhteyshenkilö|allekirjoittanut|"
    r"soittaja|hra|rva|rouva|herra|neiti|fru|herr|fröken|mr|mrs|ms|miss|dr|namn|namnet|namnen|heter|hälsar|hälsningar|mvh|name|names|regards|sincerely|signed|yours"
)
_THANKS: Final = re.compile(r"kiito[sk]\w*|kiitti|kiitän|kiitämme|kiittäisin|kiittää|terveis\w*|terkku\w*|tack|tackar|thanks|thank|thx|kudos|ros|heder|props|hyvä|olen|oon|joku|nimittäin|jag|är|eli|toim")
_GREETING: Final = re.compile(r"terveis\w*|terkku\w*|terkui\w*")
_DOING: Final = re.compile(
    r"tekee|olikin|puhuu|nauroi|katsoi|tuli|meni|lähti|sai|pystyi|laski|tarjosi|varmisti|päätti|ehdotti|huomasi|huomas|kysyy|kertoo|lupaa|kuuntelee|kuunteli|pakkaa|hymyilee|"
    r"soitti|soittaa|soitteli|vastasi|vastas|vastaa|auttoi|autto|auttaa|neuvoi|neuvo|neuvoo|hoiti|hoitaa|hoisi|palveli|palvelee|kävi|käy|lupasi|lupas|kertoi|kerto|sanoi|sano|sanoo|osasi|osas|osaa|"
    r"selitti|kantoi|pakkasi|haki|toi|otti|kysyi|pyysi|kuunteli|ymmärsi|jaksoi|jakso|tiesi|tiesikin|etsi|löysi|lähetti|korjasi|asensi|vaihtoi|laittoi|teki|opasti|ohjasi|rauhoitteli|"
    r"hymyili|tervehti|tunsi|muisti|myi|suositteli|esitteli|opetti|tarkisti|selvitti|järjesti|palasi|oli|on|pelasti|hääräsi|jutteli|puhui|leikkasi|pesi|ajoi|odotti|antoi|anto|"
    r"ringde|ringer|svarade|svarar|hjälpte|hjälper|förklarade|lovade|sade|sa|säger|lyssnade|kom|fixade|tog|skötte|kunde|visste|var|är|ordnade|gav|skickade|"
    r"helped|called|calls|answered|explained|said|says|told|promised|listened|came|fixed|took|knew|was|is|gave|sorted|went|handled|replied|sent|did|rang|made|has"
)
_SHAPED: Final = re.compile(r"[a-zåäö]{3,}(?<!lai)(?<!läi)(?<!lli)(?<!mai)(?<!mäi)(?<!uu)nen|[a-zåäö]{3,}-nim[ie][a-zåäö]*")
_HOUSE: Final = re.compile(
    r"[a-zåäö]{2,}(?:pää|mäe|ranna|rintee|maa|la|lä|se|nieme|lahde|koske|järve|oja|lamme|harju|perä|aho|salo|joe|virra|vuore|kankaa|saare|korve|sto|stö|talo|kylä|tupa|pello|suo|lehdo)n"
)
_SURNAMED: Final = re.compile(
    r"[a-zåäö]{2,}(?:nen|la|lä|mäki|niemi|lahti|koski|järvi|ranta|saari|salo|maa|aho|oja|joki|harju|virta|vuori|kangas|sto|stö|pää|perä|vaara|korpi|lehto|lampi|rinne|sson|qvist|ström|berg|"
    r"gren|lund|roos|mann?|holm|fors|stedt|blom|ova|ov|enko|ski|ska)"
)
_FILLERS: Final = frozenset("on oli olisi pitäisi olla nyt vain siis är var is was oy".split())
_THINGS: Final = re.compile(
    r"(?:katu|kadu|tie|kuja|puisto|koulu|päiväko|sairaala|talo|säätiö|kirkko|kirko|seurakun|apteek|aukio|tor[ia]|kahvila|ravintola|kauppa|kaupa|keskus|hotelli|kylpylä|liikenne|"
    r"pizz|autokoulu|lukio|opisto|museo|halli|areena|stadion|konditor|leipomo|palvelutalo|kartano|linna|satama|sali|torg|gata|väg|skola|sjukhus|apotek|kafé|street|school|hospital|road|store|shop)"
    r"(?:n|t|ssa|ssä|sta|stä|lla|llä|lle|lta|ltä|a|ä|an|on|un|in|en|et|i|ti|din|dissa|toon|iin|s)?"
)
_PARTICLES: Final = frozenset("von af de der van den bin bint ibn al el la da dos du di ter ten und y e".split())
_ANDS: Final = frozenset({"ja", "och", "and", "sekä", "tai", "että", "eller", "or"})
_NOBODY: Final = frozenset(
    "asiakas asiakkaanne asukas perhe pettynyt tyytyväinen tyytymätön kanta kiitollinen nimimerkki yrittäjä eläkeläinen potilas iloinen vihainen väsynyt kyllästynyt vuokralainen "
    "on ei ja eikä en se te me kiitos kunnioittaen terveisin terveiset hyvä hyvää kevättä syksyä kesää talvea joulua viikonloppua päivää kund familj customer client sir madam nöjd besviken kunden the your "
    "a an my i we it this that not your thanks tack med vänlig vänliga bästa best kind kanssa yksi kaikki äiti isä mummo entinen nainen mies".split()
)


@lru_cache(maxsize=32_768)
def meaning(word: str) -> int:
    """Flags of ``word`` in small letters: what name it may be (:mod:`kapula.text.personal.names.kinds`), and what sign it is."""
    found = lists.kinds(word)
    if word in _FILLERS:
        found |= FILLER
    if word in _PARTICLES:
        found |= PARTICLE
    if word in _ANDS:
        found |= AND
    if word in _NOBODY:
        found |= NOBODY
    if len(word) > 40:
        return found
    for pattern, flag in _SIGNS:
        if pattern.fullmatch(word):
            found |= flag
    return found


def case_of(word: str) -> str:
    """The ending of an inflected title or trade, which its name shares."""
    found = _INFLECTED.fullmatch(word)
    return found["case"] if found else ""


_SIGNS: Final = (
    (_ROLES, ROLE),
    (_POSSESSED, ROLE),
    (_INFLECTED, ROLE_INFLECTED),
    (_CUES, CUE),
    (_THANKS, THANKS),
    (_DOING, DOING),
    (_THINGS, THING),
    (_SHAPED, SHAPED),
    (_HOUSE, HOUSE),
    (_SURNAMED, SURNAMED),
    (_GREETING, GREETING),
)

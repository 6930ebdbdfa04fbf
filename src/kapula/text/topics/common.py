"""Words that carry no topic: those of grammar, and those of praise, blame and courtesy in general."""

from __future__ import annotations

from functools import cache
from typing import Final

from kapula.text import stems

GRAMMAR: Final = {
    "fi": """aina aivan alle alla edes ehkä ei eikä eivät eli ellei emme en enkä ennen ensin enää eri että etten ettei ette et
    ettekä entä heidän heidät heille heiltä heitä he hän hänelle häneltä hänen hänet hänestä häntä ihan ilman itse itseni ja
    jo johon johonkin joiden joihin joita joka joku jolla jolle jolloin jolta jonka jos joskus jossa josta jota joten jotka
    jotta juuri jälkeen kaikkea kaikki kanssa kautta kerran kerta keskellä kohti koko koska koskaan kovin kuin kuinka kuka
    kun kuten kyllä kuitenkin liian lisäksi lähes melko me meidän meille meiltä meitä mikä mikään minkä minua minulla minulle
    minulta minun minusta minut minä mistä mitä mitään mihin milloin missä miten miksi molemmat mukaan mulla mulle mun mua mä
    muu muut muuta mutta myös nämä ne niiden niille niin niistä niitä noin no nyt näin näitä näiden oikein ole oleva olen
    olemme olet olette oli olin olimme olisi olisin olivat olla ollaan ollut olleet on onko ovat paitsi paljon pian pitkin
    pitää pitäisi pitäis piti saa saada sai sain saisi se sekä sen siellä sieltä siihen siinä siitä silloin sillä sille siltä
    sinne sinä sitten sitä siis tai taas tähän tämä tämän tässä tästä tätä te teidän teille teiltä teitä tuli tulee tulla
    tulin tuo tuon tuossa tuota täällä täältä tänne tällä tälle vaan vaikka vai vain vasta vielä voi voin voisi voida voinut
    vähän yhä yksi yhden yli ym yms jne kpl esim kerrankin todella tosi erittäin varsin hyvin melkein jopa etenkin kohdalla
    asti saakka sama samaa saman toinen toisen ku mut niinku oon oot ois oo sit nii kaksi kaks kolme neljä viisi kuusi
    seitsemän kahdeksan yhdeksän kymmenen sata kaksikymmentä puoli pari useita monta""",
    "sv": """aldrig alla allt alltid andra att av bara blev bli blir både de deras den denna dess dessa det detta dig din ditt
    där då efter ej eller en er ett även för från får fick få genom ha hade han har henne hennes hit hon honom hos hur här i
    icke igen in ingen inget inte ja jag kan kom kunde lite man med mellan men mer mig min mina mitt mot mycket måste ni nog
    nu när någon något några och också om oss på sedan sen sig sin sina sitt ska skulle som så till trots under upp ut utan
    vad var vara varför varit vem vi via vid vilken vill väl är än ännu åt över samma ganska väldigt två tre fyra fem sex sju
    åtta nio tio""",
    "en": """a about after again all also always am an and any are as at be because been before being but by can cannot could
    did do does don done down during each even ever every few for from get got had has have he her here him his how i if in
    into is isn it its just like ll made make many me more most much my never no not now of off on once one only or other our
    out over own quite re really s same she should so some still such t than that the their them then there these they this
    those through to too two under until up us ve very was wasn we well went were what when where which while who why will
    with without would you your three four five six seven eight nine ten""",
}  # fmt: skip
GENERAL: Final = {
    "fi": """hyvä huono kiitos kiitoksia kiitti ok okei palvelu asia kaikki toimia toimi toimii mennä meni sujua sujui
    loistava erinomainen mahtava upea paras huippu kiva mukava ihana super tyytyväinen tyytymätön pettynyt kelpo kohtalainen
    keskinkertainen surkea kamala hirveä ala-arvoinen täydellinen normaali perus lisättävä lisättävää kommentti kommentoitava
    kommentoitavaa sanoa sanottavaa mikä mitään ei joo jees jatkaa jatkakaa samaan malli malliin hommat homma juttu kokemus
    yleensä asiakas yritys firma tykätä pitää positiivinen negatiivinen hieno moite moitteeton moitittavaa valittaa
    valittamista hyvää huonoa parempi tarvita tarvitse terveisin terveiset päivä""",
    "sv": """bra dålig dåligt tack ok okej service tjänst allt toppen super bäst bästa fungera fungerar fungerat nöjd missnöjd
    besviken utmärkt perfekt kanon fin fint helt ingenting inget kommentar kommentarer kommentera klaga fortsätt sak
    upplevelse kund företag trevlig hemsk usel värdelös normal positivt negativt tyvärr dag hej""",
    "en": """good bad great fine ok okay thanks thank you service everything nothing excellent perfect best worst awful
    terrible happy unhappy satisfied dissatisfied disappointed comment comments add say complaint complaints complain work
    works worked nice brilliant poor keep up going experience company customer overall super amazing lovely normal average
    thing things none na""",
}  # fmt: skip


@cache
def grammar() -> frozenset[str]:
    """Forms as written, of all languages together: a comment's own language may be told wrong."""
    return frozenset(word for words in GRAMMAR.values() for word in words.split())


@cache
def general(language: str) -> frozenset[str]:
    """Stems."""
    told = GENERAL.get(language, GENERAL["fi"])
    return frozenset(stems.stem(word, language).main for word in told.split())


def telling_stems(text: str, language: str) -> frozenset[str]:
    """The stems of the words left when those of grammar, praise, blame and courtesy are taken away."""
    return frozenset(
        word.stem.main
        for word in stems.words(text, language)
        if word.form not in grammar()
        and len(word.form) > 1
        and not word.form.isdigit()
        and word.stem.main not in general(language)
    )


def says_something(text: str, language: str) -> bool:
    """Whether a word is left."""
    return bool(telling_stems(text, language))

"""Aurinkokivi's measurement model: four areas, and in each the measures it is led by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kapula.example.words import Words


@dataclass(frozen=True, slots=True)
class Area:
    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class ModelMeasure:
    """One measure of the model.

    ``measure``: the library's measure. ``table``: where its rows are. ``columns``: the columns it reads, by role, or for observations
    the observed measure's code as {"value": code}. ``filters``: column → value, "*" for any value but none. ``target``: in the
    measure's unit. ``review``: week, month, quarter or half_year. ``owner``: the owner's role.
    """

    code: str
    area: str
    name: Words
    definition: Words
    measure: str
    table: str
    columns: dict[str, str]
    target: float
    owner: Words
    review: str
    if_missed: Words
    filters: dict[str, str] = field(default_factory=dict)
    higher_is_better: bool = True


AREAS: Final[tuple[Area, ...]] = (
    Area("experience", Words("Kokemus", "Upplevelse", "Experience")),
    Area("relationship", Words("Asiakassuhde", "Relation", "Relationship")),
    Area("brand", Words("Brändi", "Varumärke", "Brand")),
    Area("business", Words("Liiketoiminnan tulos", "Affärsresultat", "Business result")),
)

_SERVICE: Final = Words("Asiakaspalvelujohtaja", "Kundservicechef", "Head of customer service")
_DIGITAL: Final = Words("Digipalvelujen päällikkö", "Chef för digitala tjänster", "Head of digital services")
_BILLING: Final = Words("Laskutuspäällikkö", "Faktureringschef", "Head of billing")
_FIELD: Final = Words("Kenttäpalvelujen päällikkö", "Chef för fältservice", "Head of field services")
_CX: Final = Words("Asiakaskokemusjohtaja", "Kundupplevelsechef", "Head of customer experience")
_BRAND: Final = Words("Markkinointijohtaja", "Marknadschef", "Head of marketing")
_FIRMS: Final = Words("Yritysliiketoiminnan johtaja", "Chef för företagsaffären", "Head of business customers")
_PEOPLE: Final = Words("Henkilöstöjohtaja", "Personalchef", "Head of people")

MEASURES: Final[tuple[ModelMeasure, ...]] = (
    ModelMeasure(
        "touchpoint_nps", "experience",
        Words("Suosittelu kohtaamisen jälkeen", "Rekommendation efter kontakt", "Recommendation after a contact"),
        Words(
            "Suosittelijoiden ja arvostelijoiden osuuksien erotus kohtaamiskyselyissä.",
            "Andelen ambassadörer minus andelen kritiker i kontaktpunktsenkäterna.",
            "Share of promoters minus share of detractors in the touchpoint surveys.",
        ),
        "nps", "responses", {"score": "answer_nps"}, 25, _CX, "month",
        Words(
            "Katsotaan, mikä segmentti tai kohtaamispiste liikkui, ja sovitaan yksi korjattava asia kuukaudeksi.",
            "Vi ser vilket segment eller vilken kontaktpunkt som rörde sig och väljer en sak att rätta under månaden.",
            "We look at which segment or touchpoint moved and pick one thing to mend during the month.",
        ),
        {"source": "touchpoint_survey"},
    ),
    ModelMeasure(
        "contact_satisfaction", "experience",
        Words("Tyytyväisyys asiointiin", "Nöjdhet med ärendet", "Satisfaction with the contact"),
        Words("Niiden osuus, jotka antoivat 4 tai 5.", "Andelen som gav 4 eller 5.", "Share of answers 4 or 5."),
        "csat_top_box", "responses", {"score": "answer_csat"}, 0.60, _SERVICE, "month",
        Words(
            "Luetaan kymmenen tyytymättömän sanat yhdessä tiimin kanssa ja kirjataan syyt.",
            "Vi läser tio missnöjda kunders ord tillsammans med teamet och noterar orsakerna.",
            "We read the words of ten dissatisfied customers with the team and note the causes.",
        ),
        {"source": "touchpoint_survey"},
    ),
    ModelMeasure(
        "effort", "experience",
        Words("Asioinnin helppous", "Hur lätt det är att uträtta ärenden", "Ease of getting things done"),
        Words("Helppouden keskiarvo, 7 = hyvin helppoa.", "Medelvärde, 7 = mycket lätt.", "Mean ease, 7 = very easy."),
        "ces7", "responses", {"score": "answer_ces"}, 5.2, _DIGITAL, "month",
        Words(
            "Valitaan eniten vaivaa tuottava asia ja poistetaan siitä yksi vaihe.",
            "Vi väljer det ärende som kräver mest möda och tar bort ett steg.",
            "We take the matter that costs most effort and remove one step from it.",
        ),
        {"source": "touchpoint_survey"},
    ),
    ModelMeasure(
        "solved_at_once", "experience",
        Words("Hoitui kerralla", "Löst på en gång", "Solved at once"),
        Words(
            "Niiden osuus, joiden asia hoitui yhdellä kertaa.",
            "Andelen vars ärende löstes på en gång.",
            "Share whose matter was solved at once.",
        ),
        "fcr", "responses", {"score": "answer_fcr"}, 0.65, _SERVICE, "week",
        Words(
            "Etsitään siirrot, joissa asia jäi kesken, ja sovitaan, kuka kantaa sen loppuun.",
            "Vi letar upp överlämningar där ärendet stannade och avtalar vem som för det i mål.",
            "We find the hand-offs where matters stalled and agree who carries them to the end.",
        ),
        {"source": "touchpoint_survey"},
    ),
    ModelMeasure(
        "phone_queue", "experience",
        Words("Jonotusaika puhelimessa", "Kötid i telefon", "Phone queue time"),
        Words("Keskimääräinen jonotus sekunteina.", "Genomsnittlig väntan i sekunder.", "Mean wait in seconds."),
        "mean", "observations", {"value": "queue_seconds"}, 180, _SERVICE, "week",
        Words(
            "Siirretään vuoroja ruuhkatunneille ja tarjotaan takaisinsoittoa.",
            "Vi flyttar arbetspass till rusningstimmarna och erbjuder återuppringning.",
            "We move shifts to the busy hours and offer call-backs.",
        ),
        higher_is_better=False,
    ),
    ModelMeasure(
        "invoice_ease", "experience",
        Words("Laskun helppous", "Lätt faktura", "Ease of the invoice"),
        Words("Laskun helppouden keskiarvo, 1–5.", "Medelvärde av fakturans lätthet, 1–5.", "Mean ease of the invoice, 1–5."),
        "ease", "responses", {"score": "answer_ease"}, 3.6, _BILLING, "month",
        Words(
            "Käydään läpi laskua koskevat yhteydenotot ja korjataan yleisin epäselvyys.",
            "Vi går igenom kontakterna om fakturan och rättar den vanligaste oklarheten.",
            "We go through the contacts about invoices and mend the most common unclarity.",
        ),
        {"touchpoint": "invoice"},
    ),
    ModelMeasure(
        "field_emotion", "experience",
        Words("Asentajan käynnistä jäänyt tunne", "Känslan efter montörsbesöket", "Feeling after the field visit"),
        Words("Tunteen keskiarvo, 1–5.", "Medelvärde av känslan, 1–5.", "Mean emotion, 1–5."),
        "emotion", "responses", {"score": "answer_emotion"}, 3.5, _FIELD, "month",
        Words(
            "Kysytään tiimiltä, mitä tukea se tarvitsee, ja sovitaan siitä viikkopalaverissa.",
            "Vi frågar teamet vilket stöd det behöver och avtalar om det på veckomötet.",
            "We ask the team what support it needs and settle it in the weekly meeting.",
        ),
        {"touchpoint": "field_visit"},
    ),
    ModelMeasure(
        "relationship_nps", "relationship",
        Words("Suosittelu asiakassuhteessa", "Rekommendation i kundrelationen", "Recommendation in the relationship"),
        Words(
            "Suosittelijoiden ja arvostelijoiden erotus puolivuotiskyselyssä, painotettuna asiakaskuntaan.",
            "Ambassadörer minus kritiker i halvårsenkäten, viktat till kundkåren.",
            "Promoters minus detractors in the half-yearly survey, weighted to the customers.",
        ),
        "nps", "responses", {"score": "answer_nps", "weight": "weight"}, 20, _CX, "half_year",
        Words(
            "Johtoryhmä käy läpi, mitkä asiat suositteluun liittyvät eniten, ja tarkistaa tiekartan.",
            "Ledningsgruppen går igenom vad som mest hänger ihop med rekommendationen och ser över färdplanen.",
            "The management group reviews what goes most with recommendation and revises the roadmap.",
        ),
        {"source": "relationship_survey"},
    ),
    ModelMeasure(
        "expectation_gap", "relationship",
        Words("Kokemus odotuksiin nähden", "Upplevelse jämfört med förväntan", "Experience against expectation"),
        Words("Kokemus miinus odotus, 1–7.", "Upplevelse minus förväntan, 1–7.", "Experience minus expectation, 1–7."),
        "expectation_gap", "responses", {"experience": "answer_experience", "expectation": "answer_expectation"}, 0.0, _CX, "half_year",
        Words(
            "Erotetaan, laskiko kokemus vai nousiko odotus, ja tarkistetaan lupaukset.",
            "Vi skiljer på om upplevelsen sjönk eller förväntan steg och ser över löftena.",
            "We tell whether experience fell or expectation rose, and review the promises.",
        ),
        {"source": "relationship_survey"},
    ),
    ModelMeasure(
        "proper_resolution", "relationship",
        Words("Asiat ratkaistaan kunnolla", "Ärenden löses ordentligt", "Matters are solved properly"),
        Words("Väittämän keskiarvo, 1–5.", "Påståendets medelvärde, 1–5.", "Mean of the statement, 1–5."),
        "mean", "responses", {"score": "answer_rel_resolution"}, 3.5, _SERVICE, "half_year",
        Words(
            "Valitaan kolme yleisintä keskeneräistä asiaa ja nimetään niille omistajat.",
            "Vi väljer de tre vanligaste olösta ärendena och utser ägare.",
            "We take the three most common unsolved matters and name owners for them.",
        ),
        {"source": "relationship_survey"},
    ),
    ModelMeasure(
        "staff_support", "relationship",
        Words("Henkilöstön kokema tuki", "Stödet personalen upplever", "Support felt by staff"),
        Words("Viikkopulssin keskiarvo, 1–5.", "Veckopulsens medelvärde, 1–5.", "Mean of the weekly pulse, 1–5."),
        "mean", "responses", {"score": "answer_support"}, 3.4, _PEOPLE, "week",
        Words(
            "Esihenkilö kysyy tiimiltä, mikä auttaisi, ja kertoo ensi viikolla, mitä tehtiin.",
            "Chefen frågar teamet vad som skulle hjälpa och berättar nästa vecka vad som gjordes.",
            "The supervisor asks the team what would help and tells next week what was done.",
        ),
        {"source": "staff_pulse"},
    ),
    ModelMeasure(
        "brand_trust", "brand",
        Words("Luottamus Aurinkokiveen", "Förtroende för Aurinkokivi", "Trust in Aurinkokivi"),
        Words("Luottamuksen keskiarvo, 1–5.", "Förtroendets medelvärde, 1–5.", "Mean trust, 1–5."),
        "mean", "responses", {"score": "answer_trust", "weight": "weight"}, 3.5, _BRAND, "half_year",
        Words(
            "Tarkistetaan, mitä olemme luvanneet ja missä lupaus on pettänyt.",
            "Vi ser över vad vi har lovat och var löftet har svikits.",
            "We check what we have promised and where the promise has failed.",
        ),
        {"source": "relationship_survey"},
    ),
    ModelMeasure(
        "responsibility", "brand",
        Words("Vastuullisuus", "Ansvarsfullhet", "Responsibility"),
        Words("Väittämän keskiarvo, 1–5.", "Påståendets medelvärde, 1–5.", "Mean of the statement, 1–5."),
        "mean", "responses", {"score": "answer_rel_responsibility"}, 3.6, _BRAND, "half_year",
        Words(
            "Kerrotaan teoista, joita asiakkaat eivät ole huomanneet.",
            "Vi berättar om handlingar som kunderna inte har märkt.",
            "We tell of deeds that customers have not noticed.",
        ),
        {"source": "relationship_survey"},
    ),
    ModelMeasure(
        "firm_churn", "business",
        Words("Yritysasiakkaiden poistuma", "Företagskundernas bortfall", "Churn of business customers"),
        Words("Neljänneksen aikana lähteneiden osuus.", "Andelen som lämnade under kvartalet.", "Share that left during the quarter."),
        "churn_rate", "outcomes", {"churned": "churned"}, 0.05, _FIRMS, "quarter",
        Words(
            "Soitetaan lähteneille, kirjataan syy ja tarkistetaan riskiasiakkaiden lista.",
            "Vi ringer dem som lämnat, noterar orsaken och ser över listan på kunder i riskzonen.",
            "We call those who left, note why and review the list of customers at risk.",
        ),
        {"account": "*"},
        higher_is_better=False,
    ),
    ModelMeasure(
        "revenue_per_firm", "business",
        Words("Liikevaihto yritysasiakasta kohti", "Omsättning per företagskund", "Revenue per business customer"),
        Words(
            "Neljänneksen liikevaihdon keskiarvo, euroa.",
            "Kvartalets omsättning i medeltal, euro.",
            "Mean revenue of the quarter, euros.",
        ),
        "mean", "outcomes", {"value": "revenue"}, 3600, _FIRMS, "quarter",
        Words(
            "Katsotaan, muuttuiko kulutus, hinta vai asiakkaiden rakenne.",
            "Vi ser om förbrukningen, priset eller kundernas sammansättning ändrades.",
            "We look at whether use, price or the mix of customers changed.",
        ),
        {"account": "*"},
    ),
)  # fmt: skip

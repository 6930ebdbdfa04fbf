"""Words for what a result says of itself: its warnings and its unit."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula.measures.contract import UNITS
from kapula.results import WARNING_CODES
from kapula_web.kit.codes import Text, register

WARNINGS: Final[dict[str, Text]] = {
    "suppressed": _("Vastauksia on vähemmän kuin vähimmäismäärä, joten lukua ei näytetä."),
    "suppressed_complement": _("Lukua ei näytetä, koska siitä voisi päätellä pienen ryhmän luvun."),
    "off_scale_set_aside": _("Asteikon ulkopuoliset vastaukset jätettiin pyynnöstä pois."),
    "empty": _("Ei vielä vastauksia."),
    "interval_open": _("Vastauksia on liian vähän välin toisen pään laskemiseen."),
    "few_clusters": _("Vastaukset tulevat alle 30 asiakkaalta tai tililtä, joten väli on todellista kapeampi."),
    "single_cluster": _("Vastaukset tulevat yhdeltä asiakkaalta tai tililtä, joten väliä ei voi laskea."),
    "weights_zero": _("Kaikkien vastausten paino on nolla."),
    "unequal_weights": _("Painot vaihtelevat niin paljon, että vastaukset vastaavat alle puolta määrästään."),
    "break_scale": _("Asteikko vaihtui: sitä ennen ja sen jälkeen luvut eivät ole vertailukelpoisia."),
    "break_wording": _("Kysymyksen sanamuoto vaihtui: sitä ennen ja sen jälkeen luvut eivät ole vertailukelpoisia."),
    "break_channel": _("Kanavien osuudet muuttuivat: luvut eivät ehkä ole vertailukelpoisia."),
    "break_language": _("Kielten osuudet muuttuivat: luvut eivät ehkä ole vertailukelpoisia."),
    "too_few_periods": _("Jaksoja on liian vähän rajojen tai muutoskohtien laskemiseen."),
    "autocorrelated": _("Peräkkäiset jaksot muistuttavat toisiaan, joten rajat hälyttävät liian herkästi."),
    "zero_variance": _("Kaikki vastaukset ovat samat."),
    "few_units": _(
        "Yksikköjä on alle kuusi: muutosta kuvaava luku koskee vain näitä yksikköjä, eikä yksikköjä voi verrata keskenään."
    ),
    "parts_not_enough": _("Osassa kohtaamispisteistä on liian vähän yksikköjä ja jaksoja: niistä ei sanota mitään."),
    "drivers_too_few_rows": _(
        "Vastauksia, joissa on vastattu kaikkiin tekijöihin, on liian vähän: tekijöiden osuutta ei kerrota."
    ),
    "driver_constant": _(
        "Jokin tekijä on jommallakummalla jaksolla kaikissa vastauksissa sama, joten se on jätetty pois."
    ),
    "driver_collinear": _("Jokin tekijä sanoo saman kuin toiset yhteensä, joten se on jätetty pois."),
    "columns_renamed": _(
        "Tiedostossa on samannimisiä sarakkeita: ensimmäinen pitää nimensä, ja myöhempien perään on lisätty numero."
    ),
    "accounts_unmatched": _(
        "Tilien tiedoissa tai yhteyshenkilöiden luettelossa ei ole yhtään vastanneista tileistä: tarkista, että tilit on nimetty samoin."
    ),
    "designed_unknown": _(
        "Jokin mieleen jääväksi tarkoitettu hetki puuttuu aineistosta, joten siitä ei sanota mitään: tarkista nimi."
    ),
    "small_periods": _(
        "Osalla ajanjaksoista vastauksia on liian vähän, eikä niitä voi käyttää: valitse pidemmät jaksot."
    ),
    "unit_assumed": _(
        "Ajat ovat pelkkiä lukuja, ja ne tulkittiin vuosiksi: kerro yksikkö (--unit), jos askel on päivä, viikko, kuukausi tai neljännes."
    ),
    "performance_constant": _("Suoritus on kaikissa vastauksissa sama, joten se ei selitä mitään."),
    "performance_between_only": _(
        "Suoritus vaihtelee vain ajanjaksojen välillä eikä niiden sisällä: sen vaikutusta ei voi erottaa muusta muutoksesta."
    ),
    "drift_depends_on_performance": _(
        "Muutos ei ole sama heikossa ja hyvässä suorituksessa: luku kertoo keskitasosta."
    ),
    "many_blanks": _("Yli kolmannekselta riveistä puuttuu jokin vastaus, ja mukana ovat vain kokonaiset rivit."),
    "collinear_question": _("Kysymyksen vastauksen voi laskea täsmälleen muista: se ei kerro mitään omaa."),
    "no_reversed_item": _(
        "Yhtään kysymystä ei ole muotoiltu kielteiseksi, joten samat vastaukset kaikkiin voivat olla rehellisiä."
    ),
    "mostly_missing": _("Sarake on tyhjä yli puolella riveistä."),
    "constant": _("Sarakkeessa on kaikilla sama arvo, joten se ei voi selittää mitään."),
    "collinear": _("Muut sarakkeet kertovat melkein saman: niiden osuuksia ei voi varmasti erottaa toisistaan."),
    "shared_association": _(
        "Melkein koko osuuden selittävät myös muut tekijät: yhteys on yhteinen, ei vain tämän oma."
    ),
    "few_rows": _("Rivejä on alle kymmenen saraketta kohden, joten selitysosuus näyttää todellista suuremmalta."),
    "binary_outcome": _("Tuloksella on vain kaksi arvoa: siihen sopii paremmin oma menetelmänsä."),
    "separation": _("Tekijät erottavat tuloksen virheettä, joten osuuksia ei voi laskea."),
    "sampled_orders": _("Tekijöitä on liian monta kaikkiin järjestyksiin: osuudet on laskettu järjestysten otoksesta."),
    "cuts_differ": _("Tekijän luokka riippuu siitä, mitkä vastaukset luetaan mataliksi ja korkeiksi."),
    "explained_exactly": _("Tulos selittyy melkein kokonaan: se on luultavasti koottu näistä samoista tiedoista."),
    "much_unknown": _(
        "Yli viidenneksestä kokemuksia ei voi sanoa, koska vastauksia puuttuu: katso huonoin ja paras tapaus."
    ),
    "single_series": _("Tiimejä on vain yksi: ei näy, mikä liikutti kaikkia samaan aikaan ja mikä oikeasti ennakoi."),
    "gaps": _("Joiltakin viikoilta puuttuu lukuja. Ne on jätetty pois."),
    "rows_averaged": _("Samalla tiimillä oli jaksossa monta riviä, ja niistä on laskettu keskiarvo."),
    "period_chosen": _("Useimmilta päiviltä puuttuu luku, joten päivät on koottu viikoiksi tai kuukausiksi."),
    "far_apart": _(
        "Ajankohdat ovat niin kaukana toisistaan, että useimmilta jaksoilta puuttuu luku: tarkista, onko jokin päivä väärin."
    ),
    "wandering": _("Jokin luvuista ei palaa omalle tasolleen, joten on verrattu muutoksia eikä tasoja."),
    "windows_thinned": _("Luvut ovat liukuvia keskiarvoja: mukana ovat vain jaksot, jotka eivät mene päällekkäin."),
    "moves_both_ways": _("Arvosana liikkuu myös ennen tätä, mutta epäselvemmin."),
    "moves_after": _("Tämä liikkuu selvemmin arvosanan jälkeen kuin ennen sitä."),
    "uncorrected": _("Luokittelijan virheitä ei ole mitattu: osuudet ovat niin kuin se luokitteli."),
    "errors_too_large": _(
        "Luokittelija erehtyy niin usein tai tarkistettuja kommentteja on niin vähän, ettei osuutta voi korjata."
    ),
    "few_checked": _("Tarkistetuista kommenteista alle kymmenessä on tämä teema tai sitä ei ole: korjaus on karkea."),
    "at_bound": _("Korjattu osuus meni alle nollan tai yli sadan prosentin, ja se on siirretty rajalle."),
    "mixed_version": _("Kommentteja on luokiteltu eri malliversioilla: eri versioiden lukuja ei verrata toisiinsa."),
    "errors_other_version": _("Virheet on mitattu toisella malliversiolla kuin jolla kommentit on luokiteltu."),
    "calibration_rough": _("Hälytysrajaa ei voitu asettaa tarkasti, joten se on varovaisempi kuin luvataan."),
    "themes_not_stable": _("Osa kommenttien ryhmistä hajosi, kun ajo toistettiin, ja ne jätettiin pois."),
    "pooled_spread": _(
        "Tiimejä, joissa muutos on otettu käyttöön, on alle neljä: kaikkien oletetaan vaihtelevan yhtä paljon."
    ),
    "no_comparison_left": _("Mukana ei ole vastauksia ajalta, jolloin vertailuun ei enää jäänyt yhtään tiimiä."),
    "multiple_answers": _("Osalta asiakkaista on useita muistettuja arvosanoja: jokainen päättää oman polkunsa."),
    "few_resamples": _("Satunnaisotoksia on niin vähän, että välien päät ovat karkeita: eri siemenluku siirtää niitä."),
    "tangled": _("Huippu, loppu ja keskiarvo kulkevat niin yhdessä, ettei niiden osuuksia voi varmasti erottaa."),
}

UNIT_WORDS: Final[dict[str, Text]] = {
    "points": _("pistettä"),
    "share": _("osuus"),
    "scale": _("asteikon arvo"),
    "raw": _("arvo"),
}

register("warning", WARNINGS, lambda: set(WARNING_CODES))
register("unit", UNIT_WORDS, lambda: set(UNITS))

"""What the operational series are called, in which unit, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kapula.example.words import Words


@dataclass(frozen=True, slots=True)
class ObservedSeries:
    """``code``: the observations' ``measure``. ``unit``: seconds, minutes, hours, days, share, per_1000, count, celsius or cents_per_kwh.
    ``higher_is_better``: None where neither way is."""

    code: str
    name: Words
    unit: str
    source: str
    higher_is_better: bool | None = None


_CHANNELS: Final = {
    "email": Words("sähköposti", "e-post", "e-mail"),
    "sms": Words("tekstiviesti", "sms", "text message"),
    "phone_interview": Words("puhelinhaastattelu", "telefonintervju", "phone interview"),
    "app": Words("sovellus", "app", "app"),
    "chat": Words("chat", "chatt", "chat"),
    "web": Words("verkkosivut", "webbplats", "website"),
}

SERIES: Final[tuple[ObservedSeries, ...]] = (
    ObservedSeries(
        "queue_seconds",
        Words("Jonotusaika puhelimessa", "Kötid i telefon", "Phone queue time"),
        "seconds",
        "phone_system",
        False,
    ),
    ObservedSeries(
        "first_response_seconds",
        Words(
            "Ensimmäisen vastauksen aika chatissa", "Tid till första svar i chatten", "Time to first response in chat"
        ),
        "seconds",
        "digital_channels",
        False,
    ),
    ObservedSeries(
        "app_error_rate",
        Words("Sovelluksen virheet", "Fel i appen", "App error rate"),
        "share",
        "digital_channels",
        False,
    ),
    ObservedSeries(
        "outage_minutes",
        Words("Katkominuutit", "Avbrottsminuter", "Outage minutes"),
        "minutes",
        "network_control",
        False,
    ),
    ObservedSeries(
        "days_late",
        Words("Asennuksen myöhästyminen", "Installationens försening", "Days an installation is late"),
        "days",
        "customer_system",
        False,
    ),
    ObservedSeries(
        "invoice_corrections_per_1000",
        Words("Laskujen korjaukset tuhatta kohti", "Fakturarättelser per tusen", "Invoice corrections per thousand"),
        "per_1000",
        "customer_system",
        False,
    ),
    ObservedSeries(
        "handoff_wait_hours",
        Words("Odotus siirron jälkeen", "Väntan efter överlämning", "Wait after a hand-off"),
        "hours",
        "customer_system",
        False,
    ),
    ObservedSeries(
        "web_visits",
        Words("Verkkosivujen käynnit", "Besök på webbplatsen", "Website visits"),
        "count",
        "digital_channels",
    ),
    ObservedSeries(
        "temperature", Words("Ulkolämpötila", "Utetemperatur", "Outdoor temperature"), "celsius", "network_control"
    ),
    ObservedSeries(
        "spot_price", Words("Sähkön pörssihinta", "Elbörspris", "Spot price"), "cents_per_kwh", "customer_system"
    ),
    ObservedSeries(
        "invitations",
        Words("Lähetetyt kutsut", "Skickade inbjudningar", "Invitations sent"),
        "count",
        "customer_system",
    ),
    *(
        ObservedSeries(
            f"invitations_{code}",
            Words(f"Kutsut: {words.fi}", f"Inbjudningar: {words.sv}", f"Invitations: {words.en}"),
            "count",
            "customer_system",
        )
        for code, words in _CHANNELS.items()
    ),
)

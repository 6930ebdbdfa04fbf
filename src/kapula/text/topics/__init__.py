"""Themes that the codebook misses, known again from period to period; and topics on the rise. docs/text/topics.md."""

from kapula.text.topics.discover import VERDICTS, discover
from kapula.text.topics.emerging import EmergingAlert, EmergingResult, emerging, watch
from kapula.text.topics.results import DiscoveredTheme, Discovery, KnownTheme, Phrase

__all__ = [
    "VERDICTS",
    "DiscoveredTheme",
    "Discovery",
    "EmergingAlert",
    "EmergingResult",
    "KnownTheme",
    "Phrase",
    "discover",
    "emerging",
    "watch",
]

"""The labels a comment may have. What each means is said in docs/text/labelling.md."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("fi", "sv", "en", "other", "mixed")
SENTIMENTS: Final = ("positive", "negative", "mixed", "neutral")
INTENSITIES: Final = (0, 1, 2, 3)
EMOTIONS: Final = (
    "anger",
    "frustration",
    "disappointment",
    "sadness",
    "fear",
    "surprise",
    "joy",
    "gratitude",
    "trust",
    "none",
)
DIMENSIONS: Final = ("effectiveness", "ease", "emotion")
THEMES: Final = (
    "waiting_time",
    "staff_attitude",
    "staff_competence",
    "resolution",
    "communication",
    "price_value",
    "digital_service",
    "delivery_reliability",
    "product_quality",
    "ease_of_use",
    "facilities",
    "availability",
    "trust_privacy",
    "loyalty_intent",
)
EMPATHY: Final = ("shown", "missing", None)
PERSONAL: Final = ("name", "hetu", "phone", "email", "address", "iban", "plate", "order_no", "business_id")

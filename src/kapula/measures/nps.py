"""Net Promoter Score: promoters (9–10) minus detractors (0–6), in points."""

from __future__ import annotations

from kapula.measures.contract import Measure, Scale
from kapula.measures.registry import register

NPS = register(
    Measure(
        name="nps",
        family="points",
        unit="points",
        scale=Scale(0, 10),
        options={"detractor_max": 6, "promoter_min": 9},
        wording={
            "fi": "Kuinka todennäköisesti suosittelisit meitä ystävälle tai kollegalle?",
            "sv": "Hur troligt är det att du skulle rekommendera oss till en vän eller kollega?",
            "en": "How likely is it that you would recommend us to a friend or colleague?",
        },
        source="Reichheld (2003), The One Number You Need to Grow, Harvard Business Review 81(12)",
    )
)

"""What is kept of every comment, and the codebook it is told by."""

from kapula_web.texts.models.analysis import CommentAnalysis, CommentEmbedding, CommentTheme
from kapula_web.texts.models.codebook import COLOURS, Codebook, CodebookTheme
from kapula_web.texts.models.learning import Correction, TaughtHead
from kapula_web.texts.models.phrases import CustomerPhrase, PhraseMention
from kapula_web.texts.topics.models import DiscoveredMention, DiscoveredTheme, EmergingAlert, TopicSearch

__all__ = [
    "COLOURS",
    "Codebook",
    "CodebookTheme",
    "CommentAnalysis",
    "CommentEmbedding",
    "CommentTheme",
    "Correction",
    "CustomerPhrase",
    "DiscoveredMention",
    "DiscoveredTheme",
    "EmergingAlert",
    "PhraseMention",
    "TaughtHead",
    "TopicSearch",
]

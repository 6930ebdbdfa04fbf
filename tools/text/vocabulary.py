"""Choose the pieces worth keeping: those that Finnish, Swedish and English words are made of.

Words and how common they are come from the package wordfreq; a word also stands with a capital and in capitals, more seldom. The
comments of ``kapula.text.corpus`` count too. Kept: the specials, every single sign of the Latin alphabet, of figures and of
punctuation, and the pieces that carry most of the weight.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

import numpy as np
from teacher import Teacher
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from wordfreq import get_frequency_dict

SIZE = 32_000
LANGUAGES = {"fi": 0.6, "sv": 0.2, "en": 0.2}
CASES = {"lower": 1.0, "title": 0.25, "upper": 0.03}
SPECIALS = 4  # <s>, <pad>, </s>, <unk>


def tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """Unigram, composed (NFKC), white space folded, every word marked at its beginning; <s> … </s> around."""
    made = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace("<", " "), normalizers.Strip()]
    )
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    made.decoder = decoders.Metaspace()
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return made


def choose(teacher: Teacher, texts: list[str], size: int = SIZE) -> np.ndarray:
    """Ids of the pieces kept, ascending: ``size`` of them."""
    weights = np.zeros(len(teacher.pieces))
    whole = tokenizer(teacher.pieces)
    for words in (*_words(), _counted(texts)):
        encoded = whole.encode_batch(list(words), add_special_tokens=False)
        for one, weight in zip(encoded, words.values(), strict=True):
            weights[one.ids] += weight
    weights[:SPECIALS] = np.inf
    for index, (piece, _) in enumerate(teacher.pieces):
        if _single(piece):
            weights[index] = np.inf
    return np.sort(np.argsort(-weights, kind="stable")[:size])


def _words():
    for language, share in LANGUAGES.items():
        told = get_frequency_dict(language)
        total = sum(told.values())
        for case, part in CASES.items():
            yield {getattr(word, case)(): share * part * weight / total for word, weight in told.items()}


def _counted(texts: list[str]) -> dict[str, float]:
    counts = Counter(word for text in texts for word in text.split())
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()}


def _single(piece: str) -> bool:
    """A sign that a comment may hold by itself: without it the whole word around it would be lost."""
    sign = piece.removeprefix("▁")
    if len(sign) > 1:
        return False
    if not sign:
        return True
    return unicodedata.category(sign)[0] in "NPSZ" or "LATIN" in unicodedata.name(sign, "")

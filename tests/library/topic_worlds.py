"""Made-up comments of planted topics, and unit vectors of them by hashed letter groups: near when they share words."""

from __future__ import annotations

import zlib

import numpy as np

TOPICS = {
    "parking": ["pysäköinti", "parkkipaikka", "auto", "pysäköintihalli"],
    "music": ["musiikki", "kaiutin", "jonotusmusiikki", "melu"],
    "coffee": ["kahvi", "automaatti", "kuppi", "maito"],
    "chairs": ["tuoli", "penkki", "selkänoja", "odotustila"],
    "smell": ["haju", "ilmanvaihto", "tunkkainen", "ikkuna"],
    "signs": ["opaste", "kyltti", "nuoli", "käytävä"],
}
SAID = (
    "viimeksi joka kerralla minusta tiistaina aamulla syksyllä yllättäen jälleen ehkä lopulta oikeastaan perjantaina kesällä illalla "
    "eilen toissapäivänä keväällä sunnuntaina maanantaina"
)
FILLERS = SAID.split()
VERBS = ["häiritsi", "puuttui", "ilahdutti", "kiusasi", "yllätti", "jäi mieleen", "harmitti", "oli rikki"]


def comment(random, words):
    """Two of the topic's words among others of no topic."""
    first, second = random.choice(words, 2, replace=False)
    a, b, c = random.choice(FILLERS, 3, replace=False)
    return f"{a} {first} {random.choice(VERBS)} {b} ja {second} {c}".capitalize()


def comments(seed=1, each=25, topics=TOPICS):
    """(texts, the topic of each)."""
    random = np.random.default_rng(seed)
    texts = [comment(random, words) for words in topics.values() for _ in range(each)]
    return texts, [topic for topic in topics for _ in range(each)]


def noise(seed=1, n=150):
    """Comments without any topic: every word as likely in every one."""
    random = np.random.default_rng(seed)
    words = [word for topic in TOPICS.values() for word in topic] + FILLERS
    return [" ".join(random.choice(words, 6, replace=False)) for _ in range(n)]


def vectors(texts, directions=384):
    """A sum of a random vector for each group of four letters, all with something in common as real embeddings have."""
    found = np.zeros((len(texts), directions))
    for row, text in enumerate(texts):
        padded = f" {text.lower()} "
        for start in range(len(padded) - 3):
            found[row] += _of(padded[start : start + 4], directions)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    found += 2 * _of("all", directions) / np.sqrt(directions)
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


_KNOWN = {}


def _of(letters, directions):
    if letters not in _KNOWN:
        _KNOWN[letters] = np.random.default_rng(zlib.crc32(letters.encode())).standard_normal(directions)
    return _KNOWN[letters]

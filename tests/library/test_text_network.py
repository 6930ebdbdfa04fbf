"""What a network makes of texts, whichever tier: pieces, evidence and embedding belong together, and threads keep the order."""

import threading

import numpy as np
import pytest

from kapula.text.models import network

TEXTS = [
    "Jonotin tunnin, mutta myyjä oli ystävällinen.",
    "Tack för hjälpen!",
    "The app keeps crashing and nobody answers.",
]


@pytest.fixture(params=["careful", "fast"])
def tier(request):
    return network.load(request.param)


@pytest.fixture
def readings(tier):
    return tier.read(TEXTS)


def test_the_embedding_is_what_the_mean_of_the_pieces_means(readings):
    for one in readings:
        mean = one.pieces.mean(axis=0)
        assert np.allclose(one.embedding, mean / np.linalg.norm(mean), atol=1e-5)
        assert np.linalg.norm(one.embedding) == pytest.approx(1, abs=1e-5)


def test_every_piece_has_a_place_in_the_text_and_its_evidence(readings):
    for text, one in zip(TEXTS, readings, strict=True):
        assert len(one.offsets) == len(one.evidence) == len(one.states)
        assert all(0 <= start <= end <= len(text) for start, end in one.offsets)
        assert ((one.evidence >= 0) & (one.evidence <= 1)).all()


def test_a_text_is_read_alike_whichever_are_read_with_it(tier, readings):
    for text, one in zip(TEXTS, readings, strict=True):
        (alone,) = tier.read([text])
        assert np.allclose(alone.themes, one.themes, atol=1e-4)
        assert all(np.allclose(alone.logits[field], one.logits[field], atol=1e-4) for field in alone.logits)


def test_side_by_side_keeps_the_order_and_does_not_run_far_ahead():
    begun = []
    lock = threading.Lock()

    def work(item):
        with lock:
            begun.append(item)
        return item * item

    found = network.side_by_side(work, range(40), threads=3)
    assert next(found) == 0
    assert len(begun) <= 2 * 3 + 1
    assert list(found) == [one * one for one in range(1, 40)]
    assert sorted(begun) == list(range(40))


def test_what_goes_wrong_in_a_thread_is_told_to_who_asked():
    def work(item):
        if item == 5:
            raise ValueError("five")
        return item

    found = network.side_by_side(work, range(10), threads=2)
    assert [next(found) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(ValueError, match="five"):
        next(found)


def test_who_stops_asking_has_the_rest_called_off():
    begun = []

    def work(item):
        begun.append(item)
        return item

    found = network.side_by_side(work, range(1000), threads=2)
    next(found)
    found.close()
    assert len(begun) <= 2 * 2 + 1

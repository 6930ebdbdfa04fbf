"""A codebook is data: fourteen themes in three languages by default, an organisation's own from a file, taught by corrections."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kapula.errors import ParameterError, SourceError
from kapula.text import labels
from kapula.text.codebook import Codebook, Head, Theme, default, read
from kapula.text.codebook.learn import fit, score


def test_the_default_codebook_names_the_guides_themes_in_three_languages():
    assert default().codes == labels.THEMES
    for theme in default().themes:
        assert set(theme.names) == set(theme.descriptions) == {"fi", "sv", "en"}
        assert all(theme.names.values())
        assert all(theme.descriptions.values())


def test_a_codebook_is_read_from_a_file(tmp_path):
    path = tmp_path / "themes.yaml"
    path.write_text("themes:\n- code: parking\n  names: {fi: Pysäköinti}\n  examples: [ei löytynyt parkkipaikkaa]\n")
    assert read(path).themes == (Theme("parking", {"fi": "Pysäköinti"}, {}, ("ei löytynyt parkkipaikkaa",)),)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("[]", "themes"),
        ("themes: []", "themes"),
        ("themes: [{code: Jono}]", "code"),
        ("themes: [{code: a, examples: [b]}, {code: a, examples: [b]}]", "its own"),
        ("themes: [{code: a, examples: yksi}]", "examples"),
        ("themes: [{code: a, colur: red}]", "a theme has"),
        ("themes: [{code: a, threshold: 2}]", "threshold"),
        ("themes: [{code: a, examples: [b], threshold: abc}]", "threshold"),
        ("themes: [{code: a, examples: [b], threshold: '0.5'}]", "threshold"),
        ("themes: [{code: a, examples: [b], threshold: [1]}]", "threshold"),
        ("themes: [{code: a, examples: [b], threshold: true}]", "threshold"),
        ("themes: [{code: a, examples: [b], names: Pysäköinti}]", "names"),
        ("themes: [{code: a, examples: [b], names: [a]}]", "names"),
        ("themes: [{code: a, examples: ['']}]", "examples"),
        ("themes: [{code: a}]", "never found"),
        ("themes: [", "cannot be read"),
    ],
)
def test_a_codebook_that_says_something_else_is_refused(tmp_path, told, says):
    path = tmp_path / "themes.yaml"
    path.write_text(told)
    with pytest.raises(SourceError, match=says):
        read(path)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(SourceError) as caught:
        read(tmp_path / "none.yaml")
    assert caught.value.context["path"].endswith("none.yaml")


def test_the_version_follows_what_can_change_a_label():
    theme = Theme("parking", {"fi": "Pysäköinti"}, {}, ("parkki täynnä",))
    book = Codebook((theme,))
    assert Codebook((replace(theme, names={"fi": "Parkki"}, colour="blue"),)).version == book.version
    assert Codebook((replace(theme, examples=("parkki",)),)).version != book.version
    assert Codebook((replace(theme, threshold=0.7),)).version != book.version
    assert book.with_heads({"parking": Head((0.1,), 0.0, 0.0, 12)}).version != book.version


def points(seed: int, n: int = 60, d: int = 16) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors, and whether each leans the first way."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, d))
    x[:, 0] += np.where(np.arange(n) % 2, 2.0, -2.0)
    return x / np.linalg.norm(x, axis=1, keepdims=True), np.arange(n) % 2 == 1


def test_a_head_learns_from_few_examples_and_holds_on_new_ones():
    head = fit(*points(1))
    new, told = points(2)
    assert ((score(new, head) > 0.5) == told).mean() >= 0.95
    assert head.n == 60


def test_without_anything_to_say_the_models_own_view_stands():
    e, _ = points(3, n=2)
    own = [3.0, -3.0]
    head = fit(e, [True, False], own)
    assert head.trust == pytest.approx(1, abs=0.1)
    assert score(e, head, own) == pytest.approx([0.95, 0.05], abs=0.03)


def test_corrections_turn_a_view_that_is_wrong():
    e, told = points(4)
    own = np.where(told, -2.0, 2.0)
    head = fit(e, told, own)
    new, truth = points(5)
    assert ((score(new, head, np.where(truth, -2.0, 2.0)) > 0.5) == truth).mean() >= 0.9


def test_fitting_has_found_the_bottom():
    """At the least of the penalised cost its slope is nought: a step any way costs more."""
    e, told = points(6)
    head = fit(e, told)
    chance = score(e, head)
    slope = e.T @ (chance - told) + 0.05 * np.array(head.weights)
    assert slope == pytest.approx(np.zeros(e.shape[1]), abs=1e-6)


@pytest.mark.parametrize("told", [[], [True, True], [False]])
def test_one_kind_teaches_nothing(told):
    with pytest.raises(ParameterError, match="speak of it"):
        fit(np.ones((len(told), 4)), told)

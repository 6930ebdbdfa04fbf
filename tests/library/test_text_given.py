"""What is given to be read is made sure of first."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from kapula.errors import ParameterError, SourceError
from kapula.text import given
from kapula.text.codebook import Codebook, Theme, default

WANTED = ["Hyvä", None, "Huono"]


@pytest.mark.parametrize(
    "told",
    [
        WANTED,
        tuple(WANTED),
        (one for one in WANTED),
        pa.array(WANTED),
        pa.chunked_array([WANTED[:1], WANTED[1:]]),
        pd.Series(WANTED),
        pd.Series(["Hyvä", float("nan"), "Huono"]),
        pd.Series(WANTED, dtype="string"),
        np.array(WANTED, dtype=object),
    ],
    ids=lambda told: type(told).__name__,
)
def test_a_column_of_any_kind_is_a_list_of_texts(told):
    assert given.texts(told) == WANTED


@pytest.mark.parametrize("told", ["Huono palvelu", b"Huono", 5, None, {"text": "Huono"}])
def test_what_is_no_list_of_comments_is_refused(told):
    """One text would otherwise be read letter by letter."""
    with pytest.raises(ParameterError, match="one by one"):
        given.texts(told)


@pytest.mark.parametrize("wrong", [5, b"Huono", ["Huono"], 1.5, True])
def test_a_comment_that_is_no_text_is_named(wrong):
    with pytest.raises(ParameterError, match="Comment 1 is not text") as caught:
        given.texts(["Hyvä", wrong])
    assert caught.value.context["value"] == [1]


def test_a_codebook_is_given_as_itself_as_its_file_or_as_what_the_file_says(tmp_path):
    told = {"themes": [{"code": "parking", "examples": ["parkki täynnä"]}]}
    path = tmp_path / "codebook.yaml"
    path.write_text("themes: [{code: parking, examples: [parkki täynnä]}]", encoding="utf-8")
    wanted = Codebook((Theme("parking", examples=("parkki täynnä",)),))
    assert given.codebook(told) == given.codebook(path) == given.codebook(str(path)) == given.codebook(wanted) == wanted
    assert given.codebook(None) is default()


@pytest.mark.parametrize(
    ("told", "error"), [(5, ParameterError), (["parking"], ParameterError), ({"themes": 5}, SourceError)]
)
def test_what_is_no_codebook_is_refused(told, error):
    with pytest.raises(error):
        given.codebook(told)

"""Comments that have been read by hand, in which topics are planted that the codebook does not know."""

from __future__ import annotations

from typing import Any

import numpy as np
from texts_data import Handmade, comments

from kapula_web.accounts.models import Organisation
from kapula_web.texts.selectors import told_of
from kapula_web.texts.services import asking, keep
from kapula_web.texts.services.waiting import batches

PARKING = [f"Pysäköintihallin portti {verb} {when}" for verb in ("jumittui", "ei auennut", "sulkeutui", "rikkoutui", "jäätyi") for when in
           ("aamulla", "illalla", "eilen", "jälleen", "keväällä", "viimeksi")]  # fmt: skip
COFFEE = [f"Kahviautomaatin maito {verb} {when}" for verb in ("loppui", "haisi", "puuttui", "hapantui", "roiskui") for when in
          ("aamulla", "illalla", "eilen", "jälleen", "keväällä", "viimeksi")]  # fmt: skip
QUEUE = [f"Jonotin {n} minuuttia, huono palvelu" for n in range(20)]


def said(organisation: Organisation, texts: list[str] | None = None) -> list[Any]:
    """Comments of those texts, as they are when the machine has read them."""
    made = comments(organisation, texts if texts is not None else [*PARKING, *COFFEE, *QUEUE])
    reader, told = Handmade(), told_of(organisation)
    version = asking.version_of(organisation)
    for batch in batches(organisation, version, 500):
        words = [one.text for one in batch]
        keep.keep(
            organisation=organisation, read=batch, table=reader.analyse(words, told), version=version,
            vectors=np.asarray(reader.embed(words)), embedded_by=reader.model,
        )  # fmt: skip
    return made

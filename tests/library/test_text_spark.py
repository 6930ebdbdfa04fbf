"""Comments are read on Spark's workers as they are here."""

from __future__ import annotations

import pytest

from kapula import text
from kapula.text.spark import reader, schema

COMMENTS = ["Jonotin tunnin puhelimessa.", "Kiitos, Liisa Virtanen auttoi heti!", None, ""]


@pytest.mark.slow
def test_a_cluster_reads_as_one_machine_does(request):
    import pyarrow as pa

    session = request.getfixturevalue("_spark").backend._session
    frame = session.createDataFrame(pa.table({"id": [1, 2, 3, 4], "comment": COMMENTS}))
    read = frame.mapInArrow(reader("comment", tier="fast"), schema(frame.schema)).orderBy("id").toArrow().to_pylist()
    here = text.analyse(COMMENTS, tier="fast").to_pylist()
    for one, other in zip(read, here, strict=True):
        for name in ("language", "sentiment", "themes", "pii", "urgent"):
            assert one[f"text_{name}"] == other[name]

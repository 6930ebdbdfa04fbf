"""Comments are read on Spark's workers as they are here."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kapula import text
from kapula.text.spark import reader, schema

COMMENTS = ["Jonotin tunnin puhelimessa.", "Kiitos, Liisa Virtanen auttoi heti!", None, ""]


@pytest.mark.slow
def test_a_cluster_reads_as_one_machine_does(request, tmp_path):
    session = request.getfixturevalue("_spark").backend._session
    pq.write_table(pa.table({"id": [1, 2, 3, 4], "comment": COMMENTS}), tmp_path / "comments.parquet")
    frame = session.read.parquet(str(tmp_path / "comments.parquet"))
    frame.mapInArrow(reader("comment", tier="fast"), schema(frame.schema)).write.parquet(str(tmp_path / "read"))
    read = pq.read_table(tmp_path / "read").sort_by("id").to_pylist()
    here = text.analyse(COMMENTS, tier="fast").to_pylist()
    assert len(read) == len(here)
    for one, other in zip(read, here, strict=True):
        for name in ("language", "sentiment", "themes", "pii", "urgent"):
            assert one[f"text_{name}"] == other[name]

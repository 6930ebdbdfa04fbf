"""The columnar snapshot: a cache of the ledger in Parquet, written incrementally and always rebuildable.

Rows are kept in parts by blocks of ids. Writers name the stretches they touched (ledger/changes.py); a refresh reads
the blocks of those stretches again from SQL, writes them as new parts and swaps the manifest in one rename.
docs/decisions/0002-snapshot.md tells why.
"""

from kapula_web.ledger.snapshot.manifest import Manifest, Part
from kapula_web.ledger.snapshot.writer import pending, rebuild, refresh

__all__ = ["Manifest", "Part", "pending", "rebuild", "refresh"]

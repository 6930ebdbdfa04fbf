"""Getting data in, and taking it back: receive → (correct the mapping) → confirm → carry_out → undo.

The rows of a file are staged apart from the ledger and moved in by one short transaction (docs/decisions/0005-import-visibility.md).
"""

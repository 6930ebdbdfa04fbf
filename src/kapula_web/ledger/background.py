"""The ledger's kinds of background work, found here by the queue."""

from kapula_web.ledger.imports.run import carry_out

__all__ = ["carry_out"]

"""Words for the library's codes, one module a kind. Apps have the words of their own codes in their own ``wordings``."""

from __future__ import annotations

from kapula_web.kit.wordings import errors, files, measures, results

__all__ = ["errors", "files", "measures", "results"]

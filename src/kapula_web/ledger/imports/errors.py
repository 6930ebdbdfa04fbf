"""Why an import, or taking one back, is refused. Nothing has changed when one of these is raised."""

from __future__ import annotations

from kapula.errors import KapulaError


class ImportRefused(KapulaError):
    """Base of what the product itself refuses; the connectors' own refusals are ``SourceError``."""

    code = "import"


class FileTooLarge(ImportRefused):
    """The file is larger than this installation takes. Context: file, limit (bytes)."""

    code = "import_too_large"


class FileGone(ImportRefused):
    """The import's file is no longer kept. Context: file."""

    code = "import_file_gone"


class WrongState(ImportRefused):
    """The import is not in a state where this can be done. Context: state."""

    code = "import_state"


class UndoBlocked(ImportRefused):
    """A later import has changed the same rows: take that one back first. Context: file, import_id."""

    code = "import_undo_blocked"


class StillRejected(ImportRefused):
    """A corrected row is refused again. Context: reasons."""

    code = "import_still_rejected"


class UnknownSource(ImportRefused):
    """The organisation has no such source. Context: source, sources."""

    code = "import_unknown_source"

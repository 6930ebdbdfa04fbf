"""What can be wrong with a file. Every error names the file in its context, what was found there and how to mend it."""

from __future__ import annotations

from kapula.errors import SourceError


class UnreadableError(SourceError):
    """The file is not there or may not be opened. Context: file."""

    code = "unreadable"


class EmptyFileError(SourceError):
    """The file has no bytes, or nothing but blank lines. Context: file."""

    code = "empty_file"


class NoRowsError(SourceError):
    """There is a header but not one row under it. Context: file, columns."""

    code = "no_rows"


class NotThisFormatError(SourceError):
    """The contents are of another kind than the connector reads. Context: file, expected, looks_like."""

    code = "not_this_format"


class PackedError(NotThisFormatError):
    """An archive of files: it has to be unpacked first. Context: file, expected, looks_like (zip, 7z or rar)."""

    code = "packed"


class EncodingError(SourceError):
    """The bytes are text in no encoding of the ladder. Context: file, byte, offset."""

    code = "encoding"


class BrokenFileError(SourceError):
    """The file begins right but cannot be read to its end. Context: file, row where known, detail."""

    code = "broken_file"


class TooLargeInsideError(SourceError):
    """A packed file would unpack to more than is sensible: a zip bomb. Context: file, packed, unpacked, limit."""

    code = "too_large_inside"


class ProtectedError(SourceError):
    """The workbook is locked by a password. Context: file."""

    code = "protected"


class UnknownSheetError(SourceError):
    """The workbook has no such sheet. Context: file, sheet, sheets, suggestion."""

    code = "sheet_unknown"


class MissingColumnError(SourceError):
    """The plan reads a column that the file does not have. Context: file, column, columns, suggestion."""

    code = "column_missing"


class UnknownConnectorError(SourceError):
    """No connector of that name, or none that knows the file. Context: connector or file, names."""

    code = "connector_unknown"


class PlanError(SourceError):
    """The plan contradicts itself. Context: role, columns, shape."""

    code = "plan"

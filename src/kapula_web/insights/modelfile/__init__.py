"""The measurement model as a YAML file: written, read, compared with what stands, and taken in."""

from kapula_web.insights.modelfile.apply import apply
from kapula_web.insights.modelfile.changes import Change, changes
from kapula_web.insights.modelfile.entry import Entry
from kapula_web.insights.modelfile.read import read
from kapula_web.insights.modelfile.write import entries_of, write

__all__ = ["Change", "Entry", "apply", "changes", "entries_of", "read", "write"]

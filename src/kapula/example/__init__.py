"""Aurinkokivi Energia, the example organisation: a planted world generated from a seed."""

from kapula.example.files import write_files
from kapula.example.truths import TRUTHS, Truth
from kapula.example.world import DEFAULT_END, World, build

__all__ = ["DEFAULT_END", "TRUTHS", "Truth", "World", "build", "write_files"]

"""Personal data in comments: where it is, and the comment without it.

>>> from kapula.text.personal import find, mask
>>> text = "Kiitos Liisa Virtaselle! Soittakaa 040 555 0199."
>>> mask(text, find(text))
'Kiitos ‹name›! Soittakaa ‹phone›.'
"""

from kapula.text.personal.finding import find
from kapula.text.personal.masking import mask
from kapula.text.personal.rules import version

__all__ = ["find", "mask", "version"]

"""Shares of themes and sentiments over time, corrected for the classifier's known error.

Source: Rogan & Gladen (1978), Am. J. Epidemiology 107, 71–76; intervals of Lang & Reiczigel (2014), Preventive Veterinary Medicine
113, 13–22. How well they do is measured in docs/text/shares.md.
"""

from kapula.text.shares.errors import Confusion, ErrorRates, Rates
from kapula.text.shares.results import ShareDifference, ShareRow, SharesResult
from kapula.text.shares.run import shares
from kapula.text.shares.strata import StratifiedRates, rates_from

__all__ = [
    "Confusion",
    "ErrorRates",
    "Rates",
    "ShareDifference",
    "ShareRow",
    "SharesResult",
    "StratifiedRates",
    "rates_from",
    "shares",
]

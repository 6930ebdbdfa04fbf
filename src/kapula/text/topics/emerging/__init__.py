"""Topics that are spoken of more than before, told so that false alarms stay as rare as promised.

Sources: Noufaily et al. (2013), Statistics in Medicine 32, 1206–1222 (baseline, guard band, overdispersion); Przyborowski & Wilenski
(1940), Biometrika 31, 313–323 (two counts compared given their sum). The limit is set by simulation: docs/text/topics.md.
"""

from kapula.text.topics.emerging.results import EmergingAlert, EmergingResult
from kapula.text.topics.emerging.run import VERDICTS, emerging, watch

__all__ = ["VERDICTS", "EmergingAlert", "EmergingResult", "emerging", "watch"]

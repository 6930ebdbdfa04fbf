"""``python -m kapula_cli`` is ``kapula``."""

from __future__ import annotations

import sys

from kapula_cli.main import main

sys.exit(main())

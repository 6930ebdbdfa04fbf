"""The WSGI application granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapula_web.settings")
application = get_wsgi_application()

from kapula_web.insights.preload import preload  # noqa: E402  (apps must be ready first)

preload()

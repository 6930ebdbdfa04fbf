"""What commands that use the product share: its settings, its database, its static files."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path


def setup() -> None:
    """Make Django ready. Called by a command before it imports anything of the web layer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapula_web.settings")
    import django

    django.setup()


def prepare() -> None:
    """Bring the database and the static files up to date. Quick when there is nothing to do."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Kapula: bringing the database up to date …", file=sys.stderr, flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    _collect_static()


def _collect_static() -> None:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path))
            seen.update(f"{path} {file.stat().st_size} {file.stat().st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == seen.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=stamp.parent.exists())
    stamp.write_text(seen.hexdigest())

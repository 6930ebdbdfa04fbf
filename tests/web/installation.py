"""An installation of its own: a data folder, a database and the real server, to be killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


class Installation:
    """``start`` serves it, ``kill`` stops web and worker with SIGKILL, ``python`` runs code inside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.children: list[subprocess.Popen[bytes]] = []
        self.environment = os.environ | {
            "KAPULA_DATA_DIR": str(folder),
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "kapula_web.settings",
            "KAPULA_SECRET_KEY": "only-for-this-test",
        }
        self.environment.pop("DATABASE_URL", None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def python(self, code: str, *given: str) -> str:
        """What the code prints."""
        told = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}", *given],
            env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stderr
        return told.stdout.strip()

    def start(self, *, worker: bool = True) -> None:
        web = [
            "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1",
            "--blocking-threads", "1", "--no-ws", "--log-level", "warning", "kapula_web.wsgi:application",
        ]  # fmt: skip
        self._run(web)
        if worker:
            self._run(["-m", "kapula_cli", "worker", "--only", "--interval", "0.1"])
        wait_until(self._answers, "the server to answer")

    def kill(self) -> None:
        """SIGKILL to every process of the installation at once, as when the machine loses its power."""
        for child in self.children:
            os.killpg(child.pid, signal.SIGKILL)
        for child in self.children:
            child.wait()
        self.children = []

    def _run(self, arguments: list[str]) -> None:
        with (self.folder / "log.txt").open("ab") as log:
            child = subprocess.Popen(
                [sys.executable, *arguments],
                env=self.environment,
                cwd=self.folder,
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        self.children.append(child)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/account/login/", timeout=2):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False


def wait_until(true: object, what: str) -> None:
    """Until the condition holds, or fail after a minute."""
    assert callable(true)
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])

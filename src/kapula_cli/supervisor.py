"""Keeps child processes running, and takes them along when it goes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Final

_WAITS: Final = (0.5, 1.0, 2.0, 5.0, 10.0)
_STEADY: Final = 30.0
"""Seconds after which a child counts as having started well."""


def command(arguments: list[str]) -> list[str]:
    return [sys.executable, *arguments]


class Supervisor:
    """Starts each child; one that dies is started again after a growing wait. A stop signal stops all of them."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self.commands = commands
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.started: dict[str, float] = {}
        self.failures = dict.fromkeys(commands, 0)
        self.stopping = False

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        for name in self.commands:
            self._start(name)
        while not self.stopping:
            time.sleep(0.2)
            for name, child in list(self.running.items()):
                if not self.stopping and child.poll() is not None:
                    self._restart(name, child.returncode)
        return self._finish()

    def _start(self, name: str) -> None:
        # A group of its own, so that Ctrl-C reaches us alone and we decide the order of leaving.
        self.running[name] = subprocess.Popen(self.commands[name], start_new_session=True)
        self.started[name] = time.monotonic()

    def _restart(self, name: str, code: int) -> None:
        lived = time.monotonic() - self.started[name]
        self.failures[name] = 0 if lived > _STEADY else self.failures[name] + 1
        wait = _WAITS[min(self.failures[name], len(_WAITS) - 1)]
        print(f"Kapula: {name} ended with {code}; starting it again in {wait:g} s.", file=sys.stderr, flush=True)
        time.sleep(wait)
        if not self.stopping:
            self._start(name)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _finish(self) -> int:
        for child in self.running.values():
            child.terminate()
        for child in self.running.values():
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
        return 0

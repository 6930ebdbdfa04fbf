"""The web server's own threads have room for what pages compute."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from installation import free_port, wait_until

from kapula_cli.commands.serve import STACK

TELLS_ITS_STACK = """
import ctypes

def application(environ, start_response):
    lib = ctypes.CDLL(None)
    lib.pthread_self.restype = ctypes.c_void_p
    attributes, where, size = ctypes.create_string_buffer(128), ctypes.c_void_p(), ctypes.c_size_t()
    lib.pthread_getattr_np(ctypes.c_void_p(lib.pthread_self()), attributes)
    lib.pthread_attr_getstack(attributes, ctypes.byref(where), ctypes.byref(size))
    start_response("200 OK", [])
    return [str(size.value).encode()]
"""


def test_a_thread_that_answers_has_as_much_stack_as_pythons_own(tmp_path: Path) -> None:
    """With the server's usual 2 MB a product of matrices of a theme's preview ended the whole process."""
    (tmp_path / "tells.py").write_text(TELLS_ITS_STACK, encoding="utf-8")
    port = free_port()
    given = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws", "tells:application"]
    child = subprocess.Popen(
        [sys.executable, "-m", "granian", *given], cwd=tmp_path, env=os.environ | STACK, start_new_session=True
    )
    found: list[int] = []

    def answered() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as told:
                found.append(int(told.read()))
        except OSError:
            return False
        return True

    try:
        wait_until(answered, "the server to answer")
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait()
    assert found[0] >= 8 << 20

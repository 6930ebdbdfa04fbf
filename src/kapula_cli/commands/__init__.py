"""One file, one command.

A command is registered by being here. Its module defines ``NAME``, ``HELP`` (one line), ``add_arguments(parser)`` and
``run(args) -> int`` (the exit code); one that answers with data also says ``JSON = True`` and gets ``--json``. The
file is named as the command, with ``_`` for ``-`` and a last ``_`` where Python keeps the word for itself
(``import_``). Import at the top only what costs nothing: the library, Django and the like are imported inside
``run``, so that ``kapula --help`` stays quick.
"""

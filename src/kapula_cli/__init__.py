"""The ``kapula`` command. One file in ``commands/`` is one command; it calls the library or the web layer's
services."""

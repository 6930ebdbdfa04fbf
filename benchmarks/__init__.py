"""What Kapula promises of speed and size, measured: ``kapula bench``.

One file is one benchmark. It defines

- ``HELP``: one line; ``SIZE``: the size of the promise (rows); ``REPEATS``: how often each peer runs;
- ``prepare(folder, size)``: makes the data in ``folder`` once (a folder that has it is left alone), and in ``small``
below it a small piece of the same kind if every peer is to have its imports behind it before the clock starts;
- ``PEERS``: name → function of the folder that does the work and returns its answer as plain JSON; the first is Kapula;
- ``agree(answers)``: whether the peers' answers are the same, so that nobody wins by doing less;
- ``PROMISES``: a tuple of :class:`benchmarks.promise.Promise`.

Every peer runs in a process of its own, turn by turn in one run, and what is reported is ratios.
"""

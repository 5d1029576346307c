"""How many articles extraction reads in a second on one core, and with how much memory.

python -m tests.measuring.speed         5,000 articles: the evaluation cases, or else the seeds, again and again
python -m tests.measuring.speed 500     so many
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from itertools import cycle, islice

from site_builder import files
from site_builder.extraction import extract
from tests.measuring.cases import CASES, PROJECT

STEPS = 10


def main() -> None:
    """Prints articles a second, by the clock and by the processor's own time, and the peak of memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("articles", nargs="?", type=int, default=5000)
    count = parser.parse_args().articles
    paths = sorted(CASES.glob("*.txt")) or files.seed_paths(PROJECT)
    raws = [files.read_raw(PROJECT, path).article for path in paths]
    lexicon = files.read_lexicon(files.read_register(PROJECT))
    print(f"{count} articles: {len(raws)} from {paths[0].parent.name}/, again and again")
    step, early = max(1, count // STEPS), 0
    clock, processor = time.perf_counter(), time.process_time()
    for number, raw in enumerate(islice(cycle(raws), count), start=1):
        extract(raw, lexicon)
        if number == step:
            early = _peak()
        if number % step == 0:
            print(f"  {number} read, {_peak() / 1024:.0f} MB", file=sys.stderr, flush=True)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(f"{count / processor:.0f} articles a second of processor time ({1000 * processor / count:.1f} ms each)")
    print(f"{count / clock:.0f} articles a second by the clock")
    print(f"peak memory {_peak() / 1024:.0f} MB, after a tenth of the articles {early / 1024:.0f} MB")


def _peak() -> int:
    """Most memory held so far, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()

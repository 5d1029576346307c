"""Runs a program and tells what it cost, the processes that it starts included."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

OFTEN = 0.02
"""Seconds from one look at the memory to the next."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    wall: float
    """Seconds."""
    processor: float
    """Seconds on all cores, in the system's code too."""
    peak: float
    """Megabytes of all processes at once; 0 where nobody looked."""


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str], *, watched: bool) -> Cost:
    """Runs a command; `watched` also looks at its memory, which makes it slower. Ends the program where it fails."""
    os.sync()  # what others wrote is not written at our cost
    peak = [0.0]
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    looking = threading.Thread(target=_look, args=(process.pid, peak))
    if watched:
        looking.start()
    assert process.stderr
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if watched:
        looking.join()
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))} in {folder}\n{said.decode()}")
    return Cost(wall, used.ru_utime + used.ru_stime, peak[0])


def _look(session: int, peak: list[float]) -> None:
    """Keeps the most that a session's processes have held at once; each page that several share counts once."""
    while held := [*_held(session)]:
        peak[0] = max(peak[0], sum(held) / 1024)
        time.sleep(OFTEN)


def _held(session: int) -> Iterator[int]:
    """Kilobytes of each process of the session that is still there."""
    for name in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            after_name = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
            if int(after_name[3]) == session and after_name[0] not in "ZX":
                rolled_up = Path(f"/proc/{name}/smaps_rollup").read_text()
                yield sum(int(line.split()[1]) for line in rolled_up.splitlines() if line.startswith("Pss:"))

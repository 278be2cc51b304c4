"""What a process has used so far, as Linux counts it."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Watch:
    """Looks at a process."""

    def __init__(self, pid: int) -> None:
        self._at = Path(f"/proc/{pid}")

    @property
    def processor(self) -> float:
        """Seconds of processor time since its start."""
        fields = (self._at / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def memory(self) -> float:
        """Megabytes that it holds in memory."""
        lines = (self._at / "status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    @property
    def files(self) -> int:
        """Files and connections that it has open."""
        return len(list((self._at / "fd").iterdir()))

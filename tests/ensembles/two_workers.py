"""A Dask cluster of two processes on this machine: prints its address, loses a worker when told so, ends with stdin."""

import os
import signal
import sys

from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, memory_limit=None) as cluster:
        print(cluster.scheduler_address, flush=True)  # noqa: T201
        for _ in sys.stdin:
            worker = next(iter(cluster.workers.values()))
            os.kill(worker.pid, signal.SIGKILL)

"""A Spark cluster of its own on this machine: a master and two workers, on the loopback address only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

HOST = "127.0.0.1"
WORKERS = 2
_PATIENCE = 90.0


@dataclass
class Standalone:
    """A running cluster: the address of its master, and the processes of its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def worker_of(self, process: int) -> subprocess.Popen[bytes]:
        """Return the worker from which `process` comes."""
        pids = {worker.pid: worker for worker in self.workers}
        while process not in pids:
            process = _parent(process)
        return pids[process]


def _parent(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("PPid:")[2].split()[0])


def kill(worker: subprocess.Popen[bytes]) -> None:
    """Kill a worker and the executor it started, at once and without a word."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@contextmanager
def standalone(folder: Path) -> Iterator[Standalone]:
    """Start a master and its workers, with their logs and scratch in `folder`; end them, whatever happens."""
    started: list[subprocess.Popen[bytes]] = []
    port = _free_port()
    cluster = Standalone(f"spark://{HOST}:{port}")
    log = folder / "master.log"
    try:
        started.append(_start("master.Master", log, "--host", HOST, "--port", str(port), "--webui-port", "0"))
        _until(log, "I have been elected leader", 1)
        for number in range(WORKERS):
            place = folder / f"worker-{number}"
            place.mkdir()
            words = ["--host", HOST, "--webui-port", "0", "--cores", "1", "--memory", "1g", "-d", str(place)]
            worker = _start("worker.Worker", place / "worker.log", *words, cluster.address)
            started.append(worker)
            cluster.workers.append(worker)
        _until(log, "Registering worker", WORKERS)
        yield cluster
    finally:
        for process in reversed(started):
            if process.poll() is None:
                kill(process)


def _start(daemon: str, log: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start one of Spark's own programs at the head of a group of processes of its own."""
    found = find_spec("pyspark")
    assert found is not None
    assert found.origin is not None
    home = Path(found.origin).parent
    here = {"SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": "-XX:TieredStopAtLevel=1"}
    with log.open("wb") as out:
        return subprocess.Popen(
            [home / "bin" / "spark-class", f"org.apache.spark.deploy.{daemon}", *words],
            cwd=log.parent,
            env={**os.environ, **here},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port


def _until(log: Path, words: str, times: int) -> None:
    """Wait until a log says `words` so often."""
    until = time.monotonic() + _PATIENCE
    while (said := log.read_text(encoding="utf-8", errors="replace")).count(words) < times:
        assert time.monotonic() < until, said
        time.sleep(0.1)

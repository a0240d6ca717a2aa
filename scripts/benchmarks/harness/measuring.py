"""Runs programs one after the other, with limits, and measures them."""
import os
import resource
import signal
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field

COMMAND_NOT_FOUND = 127


@dataclass
class Limits:
    """Seconds of wall time and GiB of address space for each run of a program."""

    seconds: float
    memory: float


class Failure(Exception):
    """Why a program has no answer: a limit, an exit code, or an answer that cannot be read."""


@dataclass
class Run:
    cpu: float  # seconds in user and system mode, of the program and its children
    memory: float  # greatest resident size in MiB
    output: str


def run(command, limits, text=None, folder=None, accepted=(0,)):
    """Runs a program to its end; `accepted` are the exit codes of success.

    GNU time stands between, as a child's peak memory would begin with that of this interpreter; the CPU time is
    the system's, which is finer than what it prints.
    """

    def prepare():
        os.setsid()
        size = int(limits.memory * 2**30)
        resource.setrlimit(resource.RLIMIT_AS, (size, size))

    with tempfile.TemporaryFile("w+") as source, tempfile.TemporaryFile("w+") as output, \
            tempfile.TemporaryFile("w+") as errors, tempfile.NamedTemporaryFile("r") as peak:
        source.write(text or "")
        source.seek(0)
        timed = ["/usr/bin/time", "-q", "-o", peak.name, "-f", "%M"] + [str(word) for word in command]
        process = subprocess.Popen(
            timed, stdin=source, stdout=output, stderr=errors, cwd=folder, preexec_fn=prepare)
        expired = wait(process, limits.seconds)
        usage, status = process.usage, process.returncode
        if expired:
            raise Failure("> %g s" % limits.seconds)
        if status == COMMAND_NOT_FOUND:
            raise Failure("not installed")
        if status not in accepted:
            errors.seek(0)
            raise Failure("memory" if is_out_of_memory(errors.read()) else "exit %d" % status)
        output.seek(0)
        return Run(usage.ru_utime + usage.ru_stime, int(peak.read().split()[-1]) / 1024, output.read())


def wait(process, seconds):
    """Waits for a process and notes its usage; ends its whole session after the time. Tells whether it did so."""
    deadline, expired, pause = time.monotonic() + seconds, False, 0.001
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid != 0:
            process.returncode, process.usage = os.waitstatus_to_exitcode(status), usage
            return expired
        if not expired and time.monotonic() > deadline:
            expired = True
            os.killpg(process.pid, signal.SIGKILL)
        time.sleep(pause)
        pause = min(0.05, pause * 1.5)


def is_out_of_memory(errors):
    return any(words in errors.lower() for words in ("memory", "bad_alloc", "cannot allocate"))


@dataclass
class Cell:
    """What a program did in a row: its median times and its answer, or why it has none."""

    cpu: float = None
    least: float = None
    greatest: float = None
    runs: int = 0
    memory: float = None
    answer: object = None
    failure: str = None
    doubt: str = None  # why the figure does not count: `disagrees`, or `unchecked` where AllMinima has no answer

    @property
    def counts(self):
        return not self.failure and not self.doubt

    @property
    def text(self):
        if self.failure:
            return self.failure
        figure = "%.3g" % self.cpu if self.cpu < 100 else "%.0f" % self.cpu
        return f"{figure} ({self.doubt})" if self.doubt else figure


@dataclass
class Row:
    name: str
    cells: dict = field(default_factory=dict)  # by program, AllMinima first


OURS = "AllMinima"


def same(_, ours, theirs):
    return ours == theirs


def measure(name, programs, rounds, agree=None):
    """All programs in turn, for so many rounds; one that takes long, or fails, does not get another round.

    programs: functions by name that return a `Run` and a function that reads the answer, or raise `Failure`.
    agree: tells whether a program's answer fits ours; equality if it is not given.
    """
    row = Row(name, {program: Cell() for program in programs})
    runs = {program: [] for program in programs}
    for _ in range(rounds):
        for program, function in programs.items():
            cell = row.cells[program]
            if cell.failure or runs[program] and max(x.cpu for x in runs[program]) > 5:
                continue
            try:
                result, answer = function()
                if not runs[program]:
                    cell.answer = answer()
            except Failure as failure:
                cell.failure = str(failure)
                continue
            except (AttributeError, ValueError, KeyError, IndexError, FileNotFoundError):
                cell.failure = "unreadable"
                continue
            runs[program].append(result)
    ours = row.cells[OURS]
    for program, cell in row.cells.items():
        if cell.failure:
            continue
        times = [x.cpu for x in runs[program]]
        cell.cpu, cell.least, cell.greatest = statistics.median(times), min(times), max(times)
        cell.runs = len(times)
        cell.memory = statistics.median(x.memory for x in runs[program])
        if ours.failure:
            cell.doubt = "unchecked"
        elif program != OURS and not (agree or same)(program, ours.answer, cell.answer):
            cell.doubt = "disagrees"
    return row

"""The child process: limits, interruptions, threads, orphans."""

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import problem

import allminima as am

#: Takes minutes.
LONG = {"units": 4, "ridge": "1/10"}


def long_problem():
    return problem(7, rows=40)


def test_a_time_limit_keeps_the_partial_result():
    X, y = long_problem()
    with pytest.warns(am.IncompleteWarning):
        landscape = am.enumerate(X, y, **LONG, time_limit=1)
    assert not landscape.complete


def test_progress_is_reported():
    X, y = long_problem()
    heard = []
    with pytest.warns(am.IncompleteWarning):
        am.enumerate(X, y, **LONG, time_limit=2, progress=heard.append)
    assert heard and {"stage", "done", "total"} <= heard[-1].keys()


def test_what_a_receiver_of_progress_raises_is_raised():
    X, y = long_problem()

    def refuse(message):
        raise KeyError(message["stage"])

    with pytest.raises(KeyError):
        am.enumerate(X, y, **LONG, time_limit=2, progress=refuse)


def test_a_limit_before_any_result():
    X, y = long_problem()
    with pytest.raises(am.LimitReached, match="memory limit"):
        am.enumerate(X, y, **LONG, memory_limit=0.001)


def test_warnings_of_the_tool_are_warnings(tmp_path):
    path = tmp_path / "numbered.csv"
    path.write_text(",x,y\n1,1,2\n2,3,4\n3,5,7\n")
    with pytest.warns(UserWarning, match="count"):
        am.enumerate(path, units=1, ridge=1)


def test_threads_of_one_process():
    problems = [problem(seed) for seed in range(20)]
    solve = lambda data: am.enumerate(*data, units=1, ridge="1/10").json["components"]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(solve, problems))
    assert together == [solve(data) for data in problems]


def _components(seed):
    return am.enumerate(*problem(seed), units=1, ridge="1/10").json["components"]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes(method):
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(_components, range(4)) == [_components(seed) for seed in range(4)]


def _run_long_call(after):
    """A process that prints its child's number, then what comes ``after``."""
    code = f"""
        import sys, threading, time, warnings
        sys.path.insert(0, {os.path.dirname(__file__)!r})
        import subprocess
        import allminima as am
        from test_processes import LONG, long_problem
        start = subprocess.Popen.__init__
        def announce(self, *arguments, **options):
            start(self, *arguments, **options)
            print(self.pid, flush=True)
        subprocess.Popen.__init__ = announce
        warnings.simplefilter("ignore")
        landscape = am.enumerate(*long_problem(), **LONG)
        {after}
    """
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)


def _is_running(process):
    try:
        with open(f"/proc/{process}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _wait_until_gone(process):
    for _ in range(500):
        if not _is_running(process):
            return True
        time.sleep(0.02)
    return False


def test_an_interruption_keeps_the_partial_result():
    caller = _run_long_call("print('complete' if landscape.complete else 'partial')")
    child = int(caller.stdout.readline())
    time.sleep(1)
    caller.send_signal(signal.SIGINT)
    output, _ = caller.communicate(timeout=60)
    assert output.strip() == "partial" and caller.returncode == 0
    assert not _is_running(child)


def test_the_childs_life_ends_with_its_parents():
    caller = _run_long_call("pass")
    child = int(caller.stdout.readline())
    assert _is_running(child)
    caller.kill()
    caller.wait()
    assert _wait_until_gone(child)


def test_the_module_is_the_tool():
    version = subprocess.run([sys.executable, "-m", "allminima", "--version"], capture_output=True, text=True)
    assert version.returncode == 0 and version.stdout.startswith("allminima")


def test_the_import_is_light():
    code = "import sys, allminima; print({'numpy', 'pandas', 'sklearn', 'torch'} & sys.modules.keys())"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"

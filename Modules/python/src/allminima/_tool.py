"""Runs the tool as a child process that speaks JSON.

A limit, a crash or an abort ends the child, never the caller. The child ends when its parent does.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .errors import IncompleteWarning, InvalidData, LimitReached, ToolFailure, UndecidedWarning, UsageError

#: Receives ``{"stage", "done", "total", "rate", "remaining"}``, some of them ``None``.
ProgressCallback = Callable[[dict[str, Any]], None]

_USAGE, _DATA, _LIMIT, _UNDECIDED = 64, 65, 75, 3


def executable() -> str:
    """The path of the tool: ``$ALLMINIMA_TOOL``, the one in this package, or the first on ``$PATH``.

    :raises ToolFailure: if there is none.
    """
    named = os.environ.get("ALLMINIMA_TOOL")
    if named:
        return named
    bundled = Path(__file__).parent / "bin" / "allminima"
    if bundled.is_file():
        return str(bundled)
    found = shutil.which("allminima")
    if found is None:
        raise ToolFailure("the tool allminima is neither in this package nor on the PATH", 127)
    return found


def run(
    arguments: Sequence[str],
    text: str | None = None,
    *,
    progress: bool | ProgressCallback = False,
    threads: int | None = None,
    time_limit: float | None = None,
    memory_limit: float | None = None,
    engine: str | None = None,
) -> dict[str, Any]:
    """The JSON result of a call of the tool.

    :param arguments: the subcommand and its own options.
    :param text: what the tool reads from standard input.
    :param progress: whether to show a progress bar (with tqdm, where installed), or what receives progress.
    :param threads: the number of threads; all cores if ``None``. Results do not depend on it.
    :param time_limit: in seconds. The partial result is returned with an :class:`IncompleteWarning`.
    :param memory_limit: in GiB, likewise.
    :param engine: ``"flint"`` (default) or ``"swift"``; results do not depend on it.
    """
    command = [executable(), *arguments, "--format", "json", "--progress", "json", "--parent", str(os.getpid())]
    for option, value in (
        ("--threads", threads),
        ("--time-limit", time_limit),
        ("--memory-limit", memory_limit),
        ("--engine", engine),
    ):
        if value is not None:
            command += [option, str(value)]
    output, code, messages = _communicate(command, text, _listener(progress))
    return _answer(output, code, messages)


def report(result: dict[str, Any], data: tuple[str | None, str | None, Sequence[str]] | None) -> str:
    """The tool's report of a result as an HTML page.

    :param data: the data's text or else the path of their file, and the options that tell how they are read.
    """
    with tempfile.TemporaryDirectory(prefix="allminima-") as name:
        folder = Path(name)
        (folder / "result.json").write_text(json.dumps(result, sort_keys=True, ensure_ascii=False), "utf-8")
        command = [executable(), "report", str(folder / "result.json")]
        if data is not None:
            text, path, options = data
            if text is not None:
                path = str(folder / "data.csv")
                Path(path).write_bytes(text.encode())
            command += ["--data", str(path), *options]
        run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    if run.returncode != 0:
        message = run.stderr.decode(errors="replace").strip().removeprefix("Error: ")
        raise InvalidData(message) if run.returncode == _DATA else ToolFailure(message, run.returncode)
    return run.stdout.decode()


def _communicate(command: list[str], text: str | None, listener: _Listener) -> tuple[bytes, int, _Messages]:
    # A session of its own keeps the terminal's Control-C from reaching the child twice.
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE if text is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    messages = _Messages(listener)
    chunks: list[bytes] = []
    pumps = [
        threading.Thread(target=messages.read, args=(child.stderr,), daemon=True),
        threading.Thread(target=_drain, args=(child.stdout, chunks), daemon=True),
        threading.Thread(target=_feed, args=(child.stdin, text), daemon=True),
    ]
    for pump in pumps:
        pump.start()
    try:
        child.wait()
    except KeyboardInterrupt:
        messages.interrupted = True
        _end(child)
    except BaseException:
        child.kill()
        child.wait()
        raise
    finally:
        for pump in pumps:
            pump.join()
        listener.close()
        for stream in (child.stdout, child.stderr):
            if stream is not None:
                stream.close()
    return b"".join(chunks), child.returncode, messages


def _end(child: subprocess.Popen[bytes]) -> None:
    """Asks for the partial result; a second interruption does not wait for it."""
    try:
        child.send_signal(signal.SIGINT)
        child.wait()
    except KeyboardInterrupt:
        child.kill()
        child.wait()
        raise


def _feed(stream: Any, text: str | None) -> None:
    if stream is None:
        return
    try:
        with stream:
            stream.write((text or "").encode())
    except BrokenPipeError:
        # The tool has ended; its exit code tells why.
        return


def _drain(stream: Any, chunks: list[bytes]) -> None:
    while chunk := stream.read(1 << 16):
        chunks.append(chunk)


def _answer(output: bytes, code: int, messages: _Messages) -> dict[str, Any]:
    if messages.failure is not None:
        raise messages.failure
    for warning in messages.warnings:
        warnings.warn(warning, UserWarning, stacklevel=4)
    if code in (0, _UNDECIDED, _LIMIT) and output:
        result: dict[str, Any] = json.loads(output)
        if messages.interrupted or code == _LIMIT:
            reason = messages.text or "the call was interrupted"
            warnings.warn(f"incomplete: {reason}", IncompleteWarning, stacklevel=4)
        elif code == _UNDECIDED:
            warnings.warn("the result contains something undecided", UndecidedWarning, stacklevel=4)
        return result
    if messages.interrupted:
        raise KeyboardInterrupt
    text = messages.text or f"the tool ended with {code}"
    error = messages.error or {}
    if code == _USAGE:
        raise UsageError(text)
    if code == _DATA:
        raise InvalidData(text, error.get("line"), error.get("column"))
    if code == _LIMIT:
        raise LimitReached(text)
    raise ToolFailure(text, code)


class _Messages:
    """Standard error: lines of JSON with progress, one with the error, and plain text."""

    def __init__(self, listener: _Listener) -> None:
        self.listener = listener
        self.error: dict[str, Any] | None = None
        self.interrupted = False
        self.warnings: list[str] = []
        #: What the receiver of progress raised.
        self.failure: BaseException | None = None
        self._plain: list[str] = []

    @property
    def text(self) -> str:
        if self.error is not None:
            return str(self.error["message"])
        return "\n".join(self._plain).strip()

    def read(self, stream: Any) -> None:
        for raw in stream:
            line = raw.decode(errors="replace").rstrip("\n")
            try:
                message = json.loads(line)
            except ValueError:
                self._plain.append(line)
                continue
            if not isinstance(message, dict):
                self._plain.append(line)
            elif "stage" in message:
                self._show(message)
            elif "error" in message:
                self.error = message["error"]
            elif "warning" in message:
                self.warnings.append(str(message["warning"]))
            else:
                self._plain.append(str(message.get("message", line)))

    def _show(self, message: dict[str, Any]) -> None:
        # The tool's output is read to its end all the same, or the tool would wait for ever.
        if self.failure is None:
            try:
                self.listener.show(message)
            except BaseException as failure:
                self.failure = failure


class _Listener:
    """Receives progress; shows nothing."""

    def show(self, message: dict[str, Any]) -> None:
        pass

    def close(self) -> None:
        pass


class _Callback(_Listener):
    def __init__(self, callback: ProgressCallback) -> None:
        self._callback = callback

    def show(self, message: dict[str, Any]) -> None:
        self._callback(message)


class _Bar(_Listener):
    def __init__(self, tqdm: Any) -> None:
        self._tqdm = tqdm
        self._bar: Any = None
        self._stage: str | None = None

    def show(self, message: dict[str, Any]) -> None:
        if self._stage != message["stage"]:
            self.close()
            self._stage = message["stage"]
            self._bar = self._tqdm(total=message.get("total") or None, desc=self._stage, leave=False)
        self._bar.update(max(0, message["done"] - self._bar.n))

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _listener(progress: bool | ProgressCallback) -> _Listener:
    if callable(progress):
        return _Callback(progress)
    if progress:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            return _Listener()
        return _Bar(tqdm)
    return _Listener()

"""What can go wrong, and what is worth a warning."""

from __future__ import annotations


class AllMinimaError(Exception):
    """Everything that this package raises by itself."""


class UsageError(AllMinimaError, ValueError):
    """An argument that the tool does not accept, for instance a ridge that is not positive."""


class InvalidData(AllMinimaError, ValueError):
    """Data that cannot be read.

    :ivar row: the row of an array, from 0; the line of a file, from 1; ``None`` where no row is at fault.
    :ivar column: the column of an array, from 0, or its name; the column of a file's line, from 1.
    """

    def __init__(self, message: str, row: int | None = None, column: int | str | None = None) -> None:
        super().__init__(message)
        self.row = row
        self.column = column


class ToolFailure(AllMinimaError, RuntimeError):
    """The tool ended in a way that it should not.

    :ivar exit_code: its exit code; the negative number of the signal that ended it.
    """

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class LimitReached(AllMinimaError, RuntimeError):
    """A limit was reached before there was any result: the problem is too large, or the limit too small."""


class MissingDependency(AllMinimaError, ImportError):
    """An optional package that a method needs is not installed."""


class IncompleteWarning(UserWarning):
    """A limit was reached, or the call was interrupted: the result holds what was found until then."""


class UndecidedWarning(UserWarning):
    """The result contains something that could not be decided; it says what."""

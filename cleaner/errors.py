"""Errors that a user can act on."""

from __future__ import annotations


class CleanerError(Exception):
    """Base of all errors that this package defines."""


class PageError(CleanerError):
    """A page that cannot be cleaned: empty, undecodable or over a limit. Its run continues.

    Attributes:
        source: name of the page, as the caller gave it.
        problem: what is wrong, for a person.
    """

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(source, problem)
        self.source = source
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.source}: {self.problem}"


class RuleError(CleanerError):
    """A rule file that cannot be used. It stops the run before the first page.

    Attributes:
        path: the file.
        key: where in the file, as ``$.drop[2].regex``; ``$`` is the whole file.
        problem: what is wrong with it.
        remedy: what to do about it.
    """

    def __init__(self, path: str, key: str, problem: str, remedy: str) -> None:
        super().__init__(path, key, problem, remedy)
        self.path = path
        self.key = key
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.path}: {self.key}: {self.problem}. {self.remedy}"


class _PathError(CleanerError):
    """A problem with a folder or file.

    Attributes:
        path: the folder, or the file, with its line where one is known.
        problem: what is wrong, and what to do about it.
    """

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"


class OutputError(_PathError):
    """An output folder or file that cannot be written."""

    def __str__(self) -> str:
        return f"{self.path}: cannot write: {self.problem}"


class RunError(_PathError):
    """A folder, or a file in it, that was not written by a run."""


class InputError(_PathError):
    """An input that does not contain the one page that was asked for."""


class ResumeError(_PathError):
    """An unfinished run that blocks a new one, or that cannot be resumed."""


class WorkerError(CleanerError):
    """Processes that clean pages cannot start."""


class ExtraError(CleanerError):
    """An optional library that is not installed.

    Attributes:
        purpose: what needs it.
        extra: the extra of this package that contains it.
        detail: more about it, such as the name of a further library.
    """

    def __init__(self, purpose: str, extra: str, detail: str = "") -> None:
        super().__init__(purpose, extra, detail)
        self.purpose = purpose
        self.extra = extra
        self.detail = detail

    def __str__(self) -> str:
        known = f" ({self.detail})" if self.detail else ""
        return f"{self.purpose} needs a library that is not installed{known}: pip install 'cleaner[{self.extra}]'"

"""What can go wrong that a person can do something about."""

from __future__ import annotations


class CleanerError(Exception):
    """Base of every error this package raises on purpose."""


class PageError(CleanerError):
    """A page that cannot be cleaned: empty, undecodable or over a limit. It fails alone; its run goes on.

    Attributes:
        source: name of the page, as the caller gave it.
        problem: what is the matter, for a person.
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
        problem: what is wrong there.
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
    """Something is the matter with a folder or file.

    Attributes:
        path: the folder, or the file, with its line where one is known.
        problem: what is the matter, and what to do about it.
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
    """A folder, or a file in it, that is not what a run wrote."""


class ResumeError(_PathError):
    """An unfinished run that is in the way, or that cannot be gone on with."""


class ExtraError(CleanerError):
    """A library that only some need, and that is not installed.

    Attributes:
        purpose: what it is needed for.
        extra: the extra of this package that brings it.
        detail: what else is known, the name of a further library for instance.
    """

    def __init__(self, purpose: str, extra: str, detail: str = "") -> None:
        super().__init__(purpose, extra, detail)
        self.purpose = purpose
        self.extra = extra
        self.detail = detail

    def __str__(self) -> str:
        known = f" ({self.detail})" if self.detail else ""
        return f"{self.purpose} needs a library that is not installed{known}: pip install 'cleaner[{self.extra}]'"

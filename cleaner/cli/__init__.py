"""The command line: one module per command. Commands parse, call the library, print and exit; they contain no logic.

A command imports what it needs when it runs, so that ``cleaner --help`` is fast.
"""

from cleaner.cli.app import app

__all__ = ["app"]

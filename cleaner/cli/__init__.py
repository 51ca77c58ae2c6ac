"""The command line: one module a command. Commands parse, call the library, print and exit; they hold no logic.

What a command needs beyond the parser it imports when it runs, so that ``cleaner --help`` answers at once.
"""

from cleaner.cli.app import app

__all__ = ["app"]

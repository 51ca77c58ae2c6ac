"""Clean article text from HTML pages and flattened text dumps, with a reason for every line left out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.article import Article
    from cleaner.errors import CleanerError, OutputError, PageError, RuleError
    from cleaner.labels import Label
    from cleaner.library import Cleaner, clean
    from cleaner.model import Block, Page, Verdict
    from cleaner.page.decode import read_page

__all__ = [
    "Article",
    "Block",
    "Cleaner",
    "CleanerError",
    "Label",
    "OutputError",
    "Page",
    "PageError",
    "RuleError",
    "Verdict",
    "clean",
    "read_page",
]
__version__ = "0.2.0.dev0"

# Names are fetched from their modules when first asked for: `import cleaner` and `cleaner --help` stay fast.
_HOMES = {
    **dict.fromkeys(("Cleaner", "clean"), "cleaner.library"),
    **dict.fromkeys(("CleanerError", "OutputError", "PageError", "RuleError"), "cleaner.errors"),
    "Article": "cleaner.article",
    **dict.fromkeys(("Block", "Page", "Verdict"), "cleaner.model"),
    "Label": "cleaner.labels",
    "read_page": "cleaner.page.decode",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

"""Pictures of a run and of a page: HTML files that need nothing but themselves."""

from cleaner.report.render import NAME, explained, write

__all__ = ["NAME", "explained", "write"]

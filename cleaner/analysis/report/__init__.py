"""HTML reports of a run and of a page; each is one file without references to others."""

from cleaner.analysis.report.html_report import BASE_STYLE, NAME, explain_page, write_report

__all__ = ["BASE_STYLE", "NAME", "explain_page", "write_report"]

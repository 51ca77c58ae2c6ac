"""Pictures of a run and of a page: HTML files that need nothing but themselves."""

from cleaner.analysis.report.html_report import NAME, explain_page, write_report

__all__ = ["NAME", "explain_page", "write_report"]

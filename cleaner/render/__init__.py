"""Output formats of articles: JSON rows, Markdown, text."""

"""How an article is written down: rows, Markdown, text."""

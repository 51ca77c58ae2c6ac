"""Title, authors, dates, section and tags of an article: from the head of an HTML page and from the lines of either shape."""

"""From a page to its blocks, in page order, losing nothing that a reader sees."""

"""From the bytes of a page to its blocks, in page order, without losing text that a reader sees."""

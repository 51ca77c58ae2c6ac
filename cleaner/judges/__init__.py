"""Judges: each looks at the blocks of a page and says what some of them are."""

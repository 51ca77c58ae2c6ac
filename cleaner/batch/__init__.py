"""Runs over many documents: inputs, processing and output files."""

PRELOAD = "cleaner.batch.preload"
"""The module that processes need, imported once for all of them."""

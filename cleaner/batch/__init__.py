"""Runs over many documents: inputs, processing and output files."""

"""Analysis of finished runs: differences, drift, statistics and the report."""

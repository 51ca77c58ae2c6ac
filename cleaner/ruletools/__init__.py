"""Tools for rules: checking, learning and importing them."""

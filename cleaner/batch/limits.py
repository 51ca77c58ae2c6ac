"""Default limits for one document. Chosen; not measured."""

SECONDS = 60.0
MEGABYTES = 2000

"""What one document may cost unless its owner says otherwise."""

SECONDS = 60.0
MEGABYTES = 2000

"""Names of months in the languages most pages are written in."""

from __future__ import annotations

from cleaner import data
from cleaner.data.file_types import Months

MONTHS = {name: month.number for month in data.load_data(Months).month for name in (*month.cldr, *month.extra)}
"""Case-folded name or abbreviation without full stop to month, 1 to 12."""

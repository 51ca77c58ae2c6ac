"""Judges: functions that give verdicts on some of a page's blocks."""

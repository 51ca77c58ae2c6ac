"""Characters, words, names, dates and languages: functions on text that HTML pages and dumps share."""

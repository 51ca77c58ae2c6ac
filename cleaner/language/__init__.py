"""Knowledge of characters, words, names, dates and languages that all shapes of page share."""

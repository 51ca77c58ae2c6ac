"""Quality and speed of ``cleaner`` beside its peers, on corpora given by path."""

"""Quality and speed of ``cleaner`` compared with other libraries, on corpora given by path."""

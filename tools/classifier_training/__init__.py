"""Training of cleaner.classifier: pages as examples, and the fitting of linear models and forests."""

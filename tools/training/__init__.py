"""Training the classifier: pages with gold in, weights out. Not shipped."""

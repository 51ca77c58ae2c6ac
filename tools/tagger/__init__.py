"""Training the tagger: pages with gold in, weights out. Not shipped."""

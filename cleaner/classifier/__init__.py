"""The learned classifier: features of a page's blocks, and the models that turn them into scores."""

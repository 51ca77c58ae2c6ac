"""The learned classifier: features of blocks, and the models that compute scores from them."""

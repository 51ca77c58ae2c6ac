"""What is done with rules: proving, learning, watching and importing them."""

"""Many documents: where they come from, how they are worked through, where their results go."""

"""How flatteners write pages as text: recognition of a dump's notation, and a reader for each."""

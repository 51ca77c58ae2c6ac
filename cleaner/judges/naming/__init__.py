"""What a block that is dropped is: a label from its words, its place, what stands around it, and its shape."""

from cleaner.judges.naming.witnesses import name

__all__ = ["name"]

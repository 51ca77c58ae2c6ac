"""What a block that is dropped is: a label from its words, its place, what stands around it, and its shape."""

from cleaner.classifier.labelling.labelling_functions import name_blocks

__all__ = ["name_blocks"]

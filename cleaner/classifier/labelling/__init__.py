"""What a block that is dropped is: a label from its words, its place, what is around it, and its shape."""

from cleaner.classifier.labelling.labelling_functions import NamedLabel, name_blocks

__all__ = ["NamedLabel", "name_blocks"]

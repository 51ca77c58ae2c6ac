"""Learning a site's rules from its pages: what repeats across them, is not story, and holds on pages held back."""

from cleaner.authoring.learn.draft import draft
from cleaner.authoring.learn.lesson import ENOUGH, Lesson, learn

__all__ = ["ENOUGH", "Lesson", "draft", "learn"]

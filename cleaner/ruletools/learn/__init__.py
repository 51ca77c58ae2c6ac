"""Learning a site's rules from its pages: what repeats on them, is not article text, and holds on held-out pages."""

from cleaner.ruletools.learn.draft import draft_site_file
from cleaner.ruletools.learn.site import MIN_ARTICLES, LearnedSite, learn_sites

__all__ = ["MIN_ARTICLES", "LearnedSite", "draft_site_file", "learn_sites"]

"""Entries for a rule file, proposed from blocks that a person marked, with what each would change on all pages of the site."""

from cleaner.ruletools.proposals.changes import Change, RuleTable, add_changes, check_change
from cleaner.ruletools.proposals.hits import Effect, Hit, find_hits
from cleaner.ruletools.proposals.marks import BlockMark, SitePage, view_site_page
from cleaner.ruletools.proposals.propose import Proposal, propose_changes
from cleaner.ruletools.proposals.rule_edits import apply_changes, list_entries

__all__ = [
    "BlockMark",
    "Change",
    "Effect",
    "Hit",
    "Proposal",
    "RuleTable",
    "SitePage",
    "add_changes",
    "apply_changes",
    "check_change",
    "find_hits",
    "list_entries",
    "propose_changes",
    "view_site_page",
]

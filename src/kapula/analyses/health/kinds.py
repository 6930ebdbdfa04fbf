"""What can be wrong, what mends it, and how grave it is."""

from __future__ import annotations

from typing import Final

KINDS: Final[dict[str, str]] = {
    "stale": "No new data for surely longer than its own rhythm explains.",
    "scattered": "The same thing is measured by several questions, on several scales or in near-equal words.",
    "generic": "A question tells no group, no time and no other answer apart, or a score stands alone without anything to explain it.",
    "constant": "Nearly all answers are the same.",
    "duplicated": "Two questions or series are one, or the same rows were taken in twice.",
    "never_opened": "Nobody has opened it for long.",
    "unanswered": "Asked and mostly left blank, or declared and never answered.",
    "off_scale": "Answers lie off the declared scale.",
    "identity": "Rows are refused, or who answered is more often unknown than before.",
    "break": "Words or scale changed: figures before and after are not comparable.",
    "no_owner": "Nobody answers for it.",
}
"""Every kind of finding, with its meaning."""

WAYS_OUT: Final[dict[str, str]] = {
    "renew_or_close": "Get new data, or say that it has ended.",
    "merge": "Keep one, and read the others into it.",
    "drop": "Leave it out of the questionnaire.",
    "add_reason": "Ask a reason, a comment or the touchpoint beside the score.",
    "check_routing": "Check to whom it is shown, and its words.",
    "undo_import": "Undo the second import.",
    "fix_import": "Correct the refused rows or the mapping.",
    "add_identity": "Bring the customer's code along.",
    "declare_scale": "Declare the scale, or the codes for no answer.",
    "compare_apart": "Compare only on one side of the change.",
    "open_or_drop": "Look at it, or take it off the model.",
    "name_owner": "Name who answers for it.",
}
SEVERITIES: Final = ("high", "medium", "low")

"""Examples of what the API says of questions."""

from collections.abc import Mapping
from typing import Any

_ASKED: Mapping[str, Any] = {"kind": "question", "words": "卫生费都用在哪里了？", "role": "committee"}
_ANSWERED: Mapping[str, Any] = {
    "words": "用在垃圾清运上，每季度的收支贴在村务公开栏。",
    "question_words": "卫生费都用在哪里了？",
    "published": True,
    "reason": None,
}

QUESTIONS: Mapping[tuple[str, str], Any] = {
    ("", "question"): "q6zk3v2n5x4b6m2j",
    **{(schema, field): value for schema in ("Question", "QuestionBody") for field, value in _ASKED.items()},
    **{(schema, field): value for schema in ("Answer", "AnswerBody") for field, value in _ANSWERED.items()},
    ("Question", "number"): 3,
    ("Question", "way"): "counter",
    ("Question", "status"): "open",
    ("Question", "due_on"): "2026-09-10",
    ("Answer", "number"): 1,
    ("Answer", "role"): "committee",
    ("Answer", "shown_until"): "2026-11-30",
    ("RoleBody", "role"): "supervisor",
}
"""An example by schema and field."""

"""What somebody asks for in public: a topic, an answer to a doubt, or that something be done otherwise."""

from pointsbank.labels import Labels

QUESTION_KIND = Labels("question_kind", {"question": "点题", "doubt": "疑问", "suggestion": "建议"})

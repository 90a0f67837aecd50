"""Questions (点题公开): what villagers ask, doubt or suggest, and the answers that are published with it.

Owns question and question_answer. Opinions are never scored: nothing here moves points or counts who asks.
Must not know boards, goods or pages.
"""

from pointsbank.questions import problems
from pointsbank.questions.answering import Preview, answer, pass_on, preview
from pointsbank.questions.columns import questions_query
from pointsbank.questions.erasing import forget
from pointsbank.questions.public import PublicQuestions, published
from pointsbank.questions.reading import (
    Answer,
    Question,
    answers,
    of_participant,
    question,
    waiting,
)
from pointsbank.questions.recording import MAXIMUM, record, withdraw
from pointsbank.questions.row_rules import ROW_RULES

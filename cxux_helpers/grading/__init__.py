"""Grading: test cells ask, the student's notebook answers, and marks are given outside of it.

A test cell reads the same on a student's machine and at autograde::

    from cxux_helpers.checks import check_number
    from cxux_helpers.grading import Question, answer, ask

    q = Question("m03-q2", points=3)
    q.check("Recency of customer 17", check_number(ask("rfm_table.loc[17, 'recency']"), 12, tolerance=0))
    ### BEGIN HIDDEN TESTS
    q.hidden("Other orders too", check_number(ask("total_days([3, 4])"), 7, tolerance=0), weight=2)
    ### END HIDDEN TESTS
    q.mark()
"""

from cxux_helpers.grading.asking import answer, ask, ask_figure
from cxux_helpers.grading.question import Question

__all__ = ["Question", "answer", "ask", "ask_figure"]

"""Tests of cxux_helpers.grading.kernel: a kernel is asked, may do its worst, and is never waited for in vain."""

import time
from contextlib import contextmanager

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from cxux_helpers.feedback import NoAnswer
from cxux_helpers.grading import ask, kernel
from cxux_helpers.grading.asking import asking_in
from cxux_helpers.grading.kernel import StudentKernel


class Student:
    """A kernel, and the two things that happen to it: it runs cells, and is asked."""

    def __init__(self, folder):
        self.client = NotebookClient(
            new_notebook(cells=[new_code_cell()]),
            kernel_name="python3",
            shutdown_kernel="immediate",
            allow_errors=True,
            timeout=20,
            resources={"metadata": {"path": str(folder)}},
        )
        self.kernel = StudentKernel(self.client, folder, patience=10.0)

    def run(self, code):
        return self.client.execute_cell(new_code_cell(code), 0).outputs

    def ask(self, expression, patience=10.0):
        self.kernel._patience = patience
        with asking_in(self.kernel):
            return ask(expression)


@contextmanager
def kernel_in(folder):
    student = Student(folder)
    with student.client.setup_kernel():
        yield student


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    """A kernel that all tests share that leave it alive; each cleans up behind itself."""
    with kernel_in(tmp_path_factory.mktemp("student")) as student:
        yield student


def test_a_kernel_answers_with_plain_data(student):
    student.run("import pandas as pd\ntable = pd.DataFrame({'days': [3, 5]}, index=[17, 4])")
    assert student.ask("table.loc[17, 'days']") == 3
    assert student.ask("table")["days"].tolist() == [3, 5]
    assert student.ask("nowhere").reason.startswith("Your notebook does not have this yet.")


def test_asking_leaves_no_trace_in_the_notebook(student):
    before = student.ask("len(In)"), student.ask("sorted(globals())")
    assert student.ask("1 + 1") == 2
    assert (student.ask("len(In)"), student.ask("sorted(globals())")) == before


def test_quotes_and_lines_of_an_expression_arrive(student):
    assert student.ask("""['a"b', "c'd", \n '{0}\\n']""") == ['a"b', "c'd", "{0}\n"]


def test_transformers_do_not_touch_what_is_asked(student):
    student.run(
        "import ast\n"
        "class Zero(ast.NodeTransformer):\n"
        "    def visit_Constant(self, node): return ast.copy_location(ast.Constant(0), node)\n"
        "shell = get_ipython()\n"
        "shell.ast_transformers.append(Zero())\n"
        "shell.input_transformers_cleanup.append(lambda lines: ['1/0'])\n"
        "shell.input_transformers_post.append(lambda lines: ['1/0'])\n"
    )
    assert student.ask("6 * 7") == 42
    student.run("pass")  # has become an error
    assert student.ask("6 * 7") == 42
    student.ask("shell.ast_transformers.clear(), shell.input_transformers_cleanup.pop()")
    student.ask("shell.input_transformers_post.clear()")
    assert student.run("print(1)")[0].text == "1\n"


def test_what_is_printed_on_the_way_is_dropped(student):
    student.run("def loud():\n    for i in range(50): print('x' * 100_000)\n    return 4")
    assert student.ask("loud()") == 4
    outputs = student.run("print('after')")
    assert [output.text for output in outputs] == ["after\n"]


def test_what_takes_too_long_is_stopped_and_the_kernel_goes_on(student):
    student.run("import time")
    began = time.monotonic()
    assert student.ask("time.sleep(60)", patience=0.5) == NoAnswer(
        "This took longer than 0.5 seconds, and was stopped."
    )
    assert time.monotonic() - began < 5
    assert student.ask("6 * 7") == 42


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("raise SystemExit('bye')", "SystemExit: bye"),
        ("input()", "EOFError"),
        ("raise KeyboardInterrupt", ""),
        ("return fail()", "RecursionError"),
    ],
)
def test_a_function_that_fails_costs_only_its_own_answer(student, body, found):
    student.run(f"def fail():\n    {body}")
    reply = student.ask("fail()")
    assert isinstance(reply, NoAnswer) and found in reply.found
    assert student.ask("6 * 7") == 42


@pytest.mark.parametrize(
    "forgery",
    [
        "'answer 2.5 or True'",
        "'answer Infinity'",
        "'answer ' + '1' * 20_000_000",
        "'error ' + '[' * 100_000",
        "'\\ud800'",
        "b'answer 1'",
        "7",
        "None",
    ],
)
def test_a_forged_reply_is_no_answer(student, forgery):
    student.run(
        "from cxux_helpers.grading import asking\n"
        "genuine = asking.kernel_reply\n"
        "class Text(str):\n"
        "    def __repr__(self): return str(self)\n"
        f"forged = {forgery}\n"
        "asking.kernel_reply = lambda expression: Text(forged) if isinstance(forged, str) else forged"
    )
    reply = student.ask("'what was asked for'", patience=1.0)
    assert isinstance(reply, NoAnswer)
    student.run("asking.kernel_reply = genuine")
    assert student.ask("6 * 7") == 42


@pytest.mark.parametrize("forgery", ["5", "{}", "{'reply': 5}", "{'reply': {'data': []}}", "{'reply': None}"])
def test_a_kernel_that_replies_in_another_form_gives_no_answer(student, forgery):
    student.run(f"shell = get_ipython()\nshell.user_expressions = lambda expressions: {forgery}")
    assert student.ask("1") == NoAnswer("The notebook gave no reply to this.")
    student.run("del shell.user_expressions")
    assert student.ask("6 * 7") == 42


def test_messages_that_cannot_be_read_are_passed_over(student):
    student.run(
        "def noise():\n"
        "    kernel = get_ipython().kernel\n"
        "    kernel.session.send(kernel.iopub_socket, 'status', {'execution_state': 5}, parent={'msg_id': 3})\n"
        "    kernel.session.send(kernel.iopub_socket, 'nonsense', {})\n"
        "    kernel.iopub_socket.send_multipart([b'x', b'<IDS|MSG>', b'unsigned', b'{}', b'{}', b'{}', b'{}'])\n"
        "    return 4"
    )
    assert student.ask("noise()") == 4
    assert student.run("print('after')")[0].text == "after\n"


def test_a_kernel_that_dies_when_asked_is_lost_with_a_word_of_explanation(tmp_path):
    with kernel_in(tmp_path) as student:
        reply = student.ask("__import__('os')._exit(1)")
        assert "The notebook's kernel had stopped before this" in reply.reason
        assert student.ask("1") == reply


def test_a_kernel_that_cannot_be_interrupted_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(kernel, "GRACE", 1.0)
    with kernel_in(tmp_path) as student:
        student.run(
            "import signal, time\ndef deaf():\n    signal.signal(signal.SIGINT, signal.SIG_IGN)\n    time.sleep(60)"
        )
        reply = student.ask("deaf()", patience=0.5)
        assert "The notebook's kernel no longer answered" in reply.reason
        assert student.ask("1") == reply

"""Our funnel and transition matrix against those of retentioneering, on one log, from the DataFrame to the answer.

    python benchmarks/events.py [number of events]

The log is made once and written to a file; each library then reads it in a process of its own, retentioneering in an
environment of its own below build/. A run is timed from the DataFrame on (for retentioneering that is loading the
stream and asking it), the best of three counts, and both must give the same answers. Memory is traced in another
fresh process: the table and all that our function allocates beside it, over the table.

The last line is ``events ratio funnel: X transitions: Y memory: Z``: retentioneering's time over ours, twice, and our
peak memory over the table's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

RETENTIONEERING = "retentioneering==5.2.4"
ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
THEIR_ENVIRONMENT = BUILD / "bench-venv"
THEIR_PYTHON = THEIR_ENVIRONMENT / "bin" / "python"
STEPS = ["product", "cart", "delivery", "payment", "purchase"]
ECOM_STEPS, ECOM_PERCENT = ["cart", "shipping_details", "purchase"], [28.3, 14.2, 4.8]  # from its README
RUNS = 3
EVENTS_PER_SESSION = 4.38


def make_log(events: int, file: Path) -> None:
    from cxux_helpers.datasets.events import make_event_log

    log = make_event_log(int(events / EVENTS_PER_SESSION * 1.01) + 100, seed=0).data.iloc[:events]
    np.savez(
        file,
        user=log["user_id"].to_numpy(),
        time=log["time"].to_numpy(),
        event=log["event"].cat.codes.to_numpy(),
        names=np.array(log["event"].cat.categories, dtype=str),
    )


def read_log(file: Path) -> pd.DataFrame:
    with np.load(file) as parts:
        event = pd.Categorical.from_codes(parts["event"], parts["names"].tolist())
        return pd.DataFrame({"user_id": parts["user"], "time": parts["time"], "event": event})


def best_of(runs: int, answer: Callable[[], Any]) -> tuple[list[float], Any]:
    """Seconds of each part of the run that was the fastest in all, and the last answer."""
    times = []
    for _ in range(runs):
        *marks, result = answer()
        times.append(np.diff(marks).tolist())
    return min(times, key=sum), result


def follows(table: pd.DataFrame) -> dict[str, dict[str, int]]:
    """The counts above 0, without the order in which a library lists the events."""
    return {event: row[row > 0].to_dict() for event, row in table.iterrows() if row.any()}


def ours(file: Path) -> dict[str, Any]:
    from cxux_helpers.journey.event_flows import transition_matrix
    from cxux_helpers.journey.event_logs import funnel

    log = read_log(file)

    def our_funnel() -> tuple[Any, ...]:
        start = time.perf_counter()
        table = funnel(log, STEPS)
        return start, time.perf_counter(), table["reached"].tolist()

    def our_transitions() -> tuple[Any, ...]:
        start = time.perf_counter()
        table = transition_matrix(log, normalise=False)
        return start, time.perf_counter(), follows(table)

    return {"funnel": best_of(RUNS, our_funnel), "transitions": best_of(RUNS, our_transitions)}


def our_memory(file: Path) -> float:
    from cxux_helpers.journey.event_flows import transition_matrix
    from cxux_helpers.journey.event_logs import funnel

    log = read_log(file)
    table = int(log.memory_usage(deep=True).sum())
    peaks = []
    for answer in (lambda: funnel(log, STEPS), lambda: transition_matrix(log, normalise=False)):
        tracemalloc.start()
        answer()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return 1 + max(peaks) / table


def theirs(file: Path) -> dict[str, Any]:
    import retentioneering

    log = read_log(file)
    schema = {"path_cols": ["user_id"], "event_col": "event", "timestamp_col": "time"}

    def their_funnel() -> tuple[Any, ...]:
        start = time.perf_counter()
        stream = retentioneering.Eventstream(log, schema)
        loaded = time.perf_counter()
        steps = stream.funnel_data(steps=STEPS)["steps"]
        return start, loaded, time.perf_counter(), [step["unique_paths"] for step in steps]

    def their_transitions() -> tuple[Any, ...]:
        start = time.perf_counter()
        stream = retentioneering.Eventstream(log, schema)
        loaded = time.perf_counter()
        table = stream.transition_graph_data(edge_weight="count")
        return start, loaded, time.perf_counter(), follows(table)

    return {"funnel": best_of(RUNS, their_funnel), "transitions": best_of(RUNS, their_transitions)}


def their_example() -> pd.DataFrame:
    """The log that travels with retentioneering, read without importing it."""
    return pd.read_csv(next(THEIR_ENVIRONMENT.glob("lib/python*/site-packages/retentioneering/datasets/ecom.csv.gz")))


def make_their_environment() -> None:
    """Retentioneering pulls many packages that the course has no use for, so it never meets the course's own."""
    done = THEIR_ENVIRONMENT / RETENTIONEERING
    if not done.exists():
        uv = Path(sys.executable).with_name("uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, THEIR_ENVIRONMENT], check=True)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", THEIR_PYTHON, RETENTIONEERING], check=True)
        done.touch()


def in_process(python: Path, part: str, file: Path) -> Any:
    """Run a part of this script in a fresh process and bring back its answer."""
    environment = {**os.environ, "RETENTIONEERING_NO_TRACK": "1"}
    command = [python, __file__, part, file]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main(events: int) -> None:
    from cxux_helpers.journey.event_logs import funnel

    make_their_environment()
    file = BUILD / f"bench-events-{events}.npz"
    make_log(events, file)
    mine, other = in_process(Path(sys.executable), "ours", file), in_process(THEIR_PYTHON, "theirs", file)
    memory = in_process(Path(sys.executable), "our_memory", file)
    file.unlink()

    ratios = {}
    for question in ("funnel", "transitions"):
        ((seconds,), answer), ((loading, asking), their_answer) = mine[question], other[question]
        if answer != their_answer:
            sys.exit(f"{question}: the answers differ\nours   {answer}\ntheirs {their_answer}")
        ratios[question] = (loading + asking) / seconds
        print(
            f"{question} of {events:,} events: ours {seconds:.2f} s; retentioneering {loading:.2f} s to load "
            f"and {asking:.2f} s to ask; same answers"
        )
    shares = funnel(their_example(), ECOM_STEPS, per="session_id", time="timestamp")["share"]
    percent = (100 * shares).round(1).tolist()
    if percent != ECOM_PERCENT:
        sys.exit(f"the funnel of retentioneering's example is {percent}, but its README says {ECOM_PERCENT}")
    print(f"funnel of retentioneering's own example: {percent} %, as its README says")
    print(f"events ratio funnel: {ratios['funnel']:.1f} transitions: {ratios['transitions']:.1f} memory: {memory:.2f}")


if __name__ == "__main__":
    parts = {"ours": ours, "theirs": theirs, "our_memory": our_memory}
    if len(sys.argv) == 3 and sys.argv[1] in parts:
        print(json.dumps(parts[sys.argv[1]](Path(sys.argv[2]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)

"""What `import cxux_helpers` adds to `import pandas`, in whole processes that take turns.

    python benchmarks/import_time.py [--runs N]

It also says which heavy packages a plain import pulls in; there should be none, and then the exit status is 0.
The last line is for people and scripts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

HEAVY = ("IPython", "ipywidgets", "matplotlib", "nbgrader", "scipy", "sklearn", "statsmodels")
CODE = {"pandas": "import pandas", "cxux_helpers": "import cxux_helpers"}


def heavy_modules(variables: Mapping[str, str]) -> list[str]:
    """Heavy packages that a plain `import cxux_helpers` loads in this environment."""
    code = f"import cxux_helpers, sys; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], env=variables, check=True, capture_output=True, text=True)
    return done.stdout.split()


def time_process(code: str, variables: Mapping[str, str]) -> float:
    """Seconds from the start of a Python process that runs `code` in this environment to its end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], env=variables, check=True)
    return time.perf_counter() - start


def main() -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15, help="processes of each kind, at least 2 (default 15)")
    runs = max(parser.parse_args().runs, 2)
    times: dict[str, list[float]] = {name: [] for name in CODE}
    with tempfile.TemporaryDirectory(prefix="cxux-import-") as compiled:
        # Everybody but the very first user has compiled modules, whatever this shell says about writing them.
        variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        variables["PYTHONPYCACHEPREFIX"] = compiled
        heavy = heavy_modules(variables)
        for _ in range(runs):
            for name, code in CODE.items():
                times[name].append(time_process(code, variables))
    for name, measured in times.items():
        low, median, high = statistics.quantiles(measured, n=4)
        print(f"import {name}: median {median:.3f} s, quartiles {low:.3f} and {high:.3f} s, {runs} processes")
    print(f"heavy packages pulled in: {', '.join(heavy) or 'none'}")
    # Each pair ran side by side, so what else the machine did at that moment cancels out.
    pairs = zip(times["cxux_helpers"], times["pandas"], strict=True)
    print(f"import ratio: {statistics.median(ours / pandas for ours, pandas in pairs):.2f}")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())

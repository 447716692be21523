"""Drive a real JupyterLab in a real Chromium.

    with serve_classroom(tmp_path) as lab, visit(lab) as visitor:
        visitor.open_notebook("m03_customer_segmentation.ipynb")
        visitor.run_all()
        assert visitor.requests_elsewhere == []

The server has a home, Jupyter folders, a free port and a token of its own. The person's own Jupyter is
neither read nor written.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Frame, Page, Request, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tools.lab import PROJECT, environment, lab_options, write_settings

BROWSER_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"]
MAC_BROWSERS = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
]
# Without these a Chromium that just sits there asks its maker's servers for updates.
OFFLINE_FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", *OFFLINE_FLAGS]
STARTUP_SECONDS = 90
MILLISECONDS = 1000

PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
ERROR_OUTPUT = f'{PANEL} .jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]'
# Before the kernel has a name *and* is idle, JupyterLab silently ignores "Run All Cells".
KERNEL_IS_READY = """panel => {
  const shown = document.querySelector(panel);
  const kernel = shown?.querySelector('.jp-Toolbar-kernelName')?.textContent ?? '';
  const indicator = shown?.querySelector('.jp-Notebook-ExecutionIndicator');
  return kernel !== '' && !kernel.includes('No Kernel') && indicator?.dataset.status === 'idle';
}"""
# Numbers beside the code cells that have something to run: null before they have run, NaN while they run.
PROMPTS = """panel => [...document.querySelectorAll(`${panel} .jp-CodeCell`)]
  .filter(cell => cell.querySelector('.cm-content')?.textContent.trim())
  .map(cell => cell.querySelector('.jp-InputPrompt').textContent.replace(/[^0-9*]/g, ''))
  .map(prompt => prompt === '' ? null : Number(prompt))"""
RUN_HAS_BEGUN = f"""([panel, before]) => ({PROMPTS})(panel).some(prompt => Number.isNaN(prompt) || prompt > before)"""
RUN_IS_OVER = f"""([panel, error, before]) => {{
  const prompts = ({PROMPTS})(panel);
  if (prompts.some(Number.isNaN)) return false;
  return prompts.every(prompt => prompt > before) || document.querySelector(error) !== null;
}}"""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address without a final slash, its token, its root folder and its log."""

    url: str
    token: str
    root: Path
    log: Path


@contextlib.contextmanager
def serve_classroom(classroom: Path, *, project: Path = PROJECT) -> Iterator[Lab]:
    """What `make lab` starts: the course, the assignment list and formgrader, in a classroom of its own."""
    command = [
        sys.executable,
        str(project / "tools" / "lab.py"),
        "--classroom",
        str(classroom),
        "--no-browser",
    ]
    with _serve(command, classroom) as lab:
        yield lab


@contextlib.contextmanager
def serve_folder(folder: Path) -> Iterator[Lab]:
    """JupyterLab on any folder of notebooks, with the settings of the classroom but without the course."""
    write_settings(folder)
    command = [sys.executable, "-m", "jupyterlab", *lab_options(folder, start=""), "--no-browser"]
    with _serve(command, folder) as lab:
        yield lab


@dataclass
class Visitor:
    """A browser window on a running JupyterLab, and what it noticed."""

    page: Page
    lab: Lab
    requests_elsewhere: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)

    def open_lab(self, path: str = "") -> None:
        """Open JupyterLab in a workspace without earlier tabs; `path` as in `tree/<notebook>`."""
        workspace = f"test-{time.monotonic_ns()}"
        self.page.goto(f"{self.lab.url}/lab/workspaces/{workspace}/{path}?reset&token={self.lab.token}")
        # The dock stands before the workspace is put back, which would close what a test opens in between.
        self.page.wait_for_selector(".jp-Launcher, .jp-NotebookPanel", timeout=60 * MILLISECONDS)

    def open_notebook(self, path: str, *, seconds: float = 60) -> None:
        """Open a notebook of the root folder and wait until its kernel can run cells."""
        self.open_lab(f"tree/{quote(path)}")
        self.wait_for_kernel(seconds=seconds)

    def wait_for_kernel(self, *, seconds: float = 60) -> None:
        """Wait until the notebook in front has a kernel and the kernel is idle."""
        self.page.wait_for_function(KERNEL_IS_READY, arg=PANEL, timeout=seconds * MILLISECONDS)

    def choose(self, *labels: str) -> None:
        """Choose from the menu bar, such as `choose("Run", "Run All Cells")`."""
        menu, *items = labels
        self.page.locator(".lm-MenuBar-item", has_text=menu).first.click()
        for item in items:
            label = self.page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True)
            label.last.click()

    def run_all(self, *, seconds: float = 300) -> None:
        """Run all cells of the notebook in front and wait for the last.

        Raises
        ------
        AssertionError
            If an error in a cell kept later cells from running; the message is that error.
        """
        before = max((prompt for prompt in self._prompts() if prompt is not None), default=0)
        # On a busy machine JupyterLab may look ready, and still lose the command.
        for _ in range(3):
            self.choose("Run", "Run All Cells")
            with contextlib.suppress(PlaywrightTimeout):
                self.page.wait_for_function(RUN_HAS_BEGUN, arg=[PANEL, before], timeout=20 * MILLISECONDS)
                break
        self.page.wait_for_function(RUN_IS_OVER, arg=[PANEL, ERROR_OUTPUT, before], timeout=seconds * MILLISECONDS)
        if any(prompt is None or prompt <= before for prompt in self._prompts()):
            raise AssertionError(self.page.locator(ERROR_OUTPUT).first.inner_text())

    def save(self) -> None:
        """Save the notebook in front and wait until it has no unsaved changes."""
        self.choose("File", "Save Notebook")
        self.page.wait_for_selector(".lm-TabBar-tab.jp-mod-current.jp-mod-dirty", state="detached")

    def frame(self, address: str) -> Frame:
        """The page inside the page, such as formgrader's, whose address contains `address`."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            for frame in self.page.frames:
                if address in frame.url:
                    return frame
            self.page.wait_for_timeout(100)
        raise PlaywrightTimeout(f"no frame of {[frame.url for frame in self.page.frames]} shows {address!r}")

    def _prompts(self) -> list[float | None]:
        return list(self.page.evaluate(PROMPTS, PANEL))


@contextlib.contextmanager
def visit(lab: Lab, *, width: int = 1280, height: int = 900) -> Iterator[Visitor]:
    """Open a headless browser window that records requests to other machines and console errors."""
    browser_path = find_browser()
    if browser_path is None:
        raise FileNotFoundError("no Chromium or Chrome found. Install one, or name it in CXUX_BROWSER.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=BROWSER_FLAGS)
        try:
            context = browser.new_context(viewport={"width": width, "height": height})
            visitor = Visitor(context.new_page(), lab)

            def notice(url: str) -> None:
                if not url.startswith((lab.url, lab.url.replace("http", "ws", 1), "blob:", "data:", "about:")):
                    visitor.requests_elsewhere.append(url)

            def notice_request(request: Request) -> None:
                notice(request.url)

            context.on("request", notice_request)
            visitor.page.on("websocket", lambda socket: notice(socket.url))
            visitor.page.on("pageerror", lambda error: visitor.console_errors.append(str(error)))
            visitor.page.on(
                "console",
                lambda message: visitor.console_errors.append(message.text) if message.type == "error" else None,
            )
            yield visitor
        finally:
            browser.close()


def find_browser() -> str | None:
    """Path of a Chromium: `CXUX_BROWSER`, else one on the PATH, else in its usual place on macOS."""
    named = os.environ.get("CXUX_BROWSER")
    if named:
        return shutil.which(named)
    found = map(shutil.which, [*BROWSER_NAMES, *MAC_BROWSERS])
    return next(filter(None, found), None)


@contextlib.contextmanager
def _serve(command: Sequence[str], root: Path) -> Iterator[Lab]:
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cxux-home-", ignore_cleanup_errors=True)))
        lab = Lab(f"http://127.0.0.1:{_free_port()}", secrets.token_hex(16), root, home / "jupyterlab.log")
        output = stack.enter_context(lab.log.open("wb"))
        server = subprocess.Popen(
            [*command, f"--port={lab.url.rpartition(':')[2]}"],
            cwd=PROJECT,
            env=_isolated(home, root, lab.token),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(lab, server)
            yield lab
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _isolated(home: Path, root: Path, token: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "IPYTHON", "NBGRADER")) and not name.lower().endswith("_proxy")
    }
    folders = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "IPYTHONDIR": home / "ipython",
        "MPLCONFIGDIR": Path(tempfile.gettempdir())
        / f"cxux-matplotlib-{getpass.getuser()}",  # its fonts take seconds to find
    }
    own = {name: str(folder) for name, folder in folders.items()} | {"JUPYTER_TOKEN": token}
    return environment(root, kept | own)


def _wait_for(lab: Lab, server: subprocess.Popen[bytes]) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            direct.open(f"{lab.url}/api", timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"JupyterLab did not start. It says:\n{lab.log.read_text(errors='replace')[-3000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""What all tests of notebooks share."""

import os
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory):
    """Keep Jupyter's files of this machine out of the tests, and let each kernel use one core."""
    home = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(home / name.lower()))
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")  # for alembic
        patch.setenv("OMP_NUM_THREADS", "1")
        yield

"""
tries: to hand in configuration and start-up code for Python, IPython, Jupyter, pytest, nbgrader and bash
must: change nothing
marks: 0 0 0
"""


def build(folder, notebook, root):
    code = "print('BREACH')\nopen('BREACH', 'w').close()\nc = get_config()\nc.MarkOutside.sandbox = False\n"
    names = "sitecustomize usercustomize conftest ipython_config ipython_kernel_config jupyter_config nbgrader_config"
    for name in names.split():
        (folder / f"{name}.py").write_text(code)
    profile = folder / ".ipython" / "profile_default" / "startup"
    profile.mkdir(parents=True)
    (profile / "00-first.py").write_text(code)
    for name in (".bashrc", ".profile", "pyproject.toml", "pytest.ini", "a.pth", "pyvenv.cfg"):
        (folder / name).write_text("import os; print('BREACH')\n")

"""
is: with a pipe and a socket, as servers and debuggers leave them
must: keep all marks, and wait for nobody
marks: 2 3 1
"""

import os
import socket


def build(folder, notebook, root):
    os.mkfifo(folder / "pipe")
    os.mkfifo(folder / "answers" / "other.json")
    here = os.getcwd()
    os.chdir(folder)  # the names of sockets are short
    socket.socket(socket.AF_UNIX).bind("socket")
    os.chdir(here)

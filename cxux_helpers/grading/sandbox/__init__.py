"""Rooms in which students' code runs, shut off from everything else.

One program per worker, the *doorkeeper*, stands inside the walls that bubblewrap builds (`walls`): no network, a
read-only system, no sight of the course or of anybody's files. It imports the course's libraries once. For each
submission it forks, and the child shuts itself off once more in a *room* (`room`): own processes, own files, bounded
memory, no rights. There it runs the cells (`shell`), and talks to the marker by messages alone (`messages`).

Outside of the walls, `kernels` offers a room in the form in which nbclient expects a kernel.
"""

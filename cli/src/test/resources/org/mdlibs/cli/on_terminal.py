"""Runs a command on a pseudo-terminal: on_terminal.py COLUMNS SCRIPT COMMAND...

SCRIPT is a JSON list of pairs [wait for this text, then send that]. Everything that came is printed as it came.
Ends with the command's exit code, or 99 when an awaited text does not come within a minute.
"""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

columns, script, command = int(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    # Before the command looks.
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.execvp(command[0], command)
seen = b""
looked = 0
end = time.monotonic() + 60
while True:
    while script and script[0][0].encode() in seen[looked:]:
        wanted, answer = script.pop(0)
        looked = seen.index(wanted.encode(), looked) + len(wanted.encode())
        os.write(terminal, answer.encode())
    if time.monotonic() > end:
        os.kill(pid, 9)
        sys.stdout.buffer.write(seen)
        sys.exit(99)
    if select.select([terminal], [], [], 0.1)[0]:
        try:
            came = os.read(terminal, 65536)
        except OSError:
            came = b""
        if not came:
            break
        seen += came
sys.stdout.buffer.write(seen)
sys.stdout.flush()
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) if not script else 99)

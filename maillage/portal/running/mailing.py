"""The process beside the server that sends messages: started with it, started again if it dies, stopped with it."""

import os
import subprocess
import sys
import threading

RESTART_AFTER = 5.0  # seconds
SECONDS_TO_END = 20.0


class MailProcess:
    """`maillage mail follow` in a process of its own."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start the process, and watch over it."""
        self._keeper.start()

    def stop(self) -> None:
        """Stop it; the message that is being sent leaves first."""
        self._stopped.set()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def _keep(self) -> None:
        command = [sys.executable, "-m", "maillage", "mail", "follow", "--parent", str(os.getpid())]
        while not self._stopped.is_set():
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
            self._process.wait()
            self._stopped.wait(RESTART_AFTER)

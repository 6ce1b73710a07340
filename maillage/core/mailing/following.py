"""The worker that follows the queue: what is asked for at once, and, every round, what waited for its hour."""

import logging
import os
import threading
import time
from datetime import timedelta

from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from maillage.core.services.mail_sending import send_waiting

LOOK = 1.0  # seconds between two looks at what is asked
ROUND = 30.0  # seconds between two rounds of what waited
RESULTS_KEPT = timedelta(days=7)
logger = logging.getLogger(__name__)


class Follower:
    """Does tasks as they come, and sends what is due, until it is stopped or its parent is gone."""

    def __init__(self, parent: int = 0) -> None:
        self.parent = parent
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End after the message that is being sent."""
        self._stopped.set()

    def run(self) -> None:
        """Follow. What the database refuses for now (a full disk, a restart) is tried again at the next look."""
        next_round = 0.0
        while not self._stopped.is_set() and not self._orphan():
            try:
                close_old_connections()
                do_tasks()
                if time.monotonic() >= next_round:
                    send_waiting()
                    forget_results()
                    next_round = time.monotonic() + ROUND
            except DatabaseError:
                logger.exception("mail: the queue could not be read; it is tried again")
                next_round = time.monotonic() + ROUND
            self._stopped.wait(LOOK)

    def _orphan(self) -> bool:
        return bool(self.parent) and os.getppid() != self.parent


def do_tasks() -> None:
    """Do the tasks that wait; a look that finds none takes no lock."""
    if not DBTaskResult.objects.ready().exists():
        return
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"mail-{os.getpid()}",
        excluded_queue_names=[],
    ).run()


def forget_results() -> int:
    """Forget the tasks that ended a week ago; how many."""
    ended = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - RESULTS_KEPT)
    return ended.order_by().delete()[0]

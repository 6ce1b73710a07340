"""What workers do after the answer is given (django-tasks)."""

from django_tasks import task

from .services.mail_sending import send_one


@task()
def send_mail(pk: int) -> None:
    """Send a queued message, if it still waits."""
    send_one(pk=pk)

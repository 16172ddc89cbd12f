"""The process of gunicorn that answers requests, and what it does when it is told to stop."""

from contextlib import suppress

from gunicorn.workers.gthread import ThreadWorker


class WebWorker(ThreadWorker):
    """A worker that leaves nobody at the door.

    gunicorn's own stops taking connections, but goes on listening for as long as it has old ones, two
    seconds or more. The kernel lets callers in meanwhile; they wait, and are cut off at the end. nginx asks
    another server again for a page, but not for a form. See gunicorn's issues 922 and 3397.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        """Take connections, or none; one that is to stop takes those that have come, and then hears nobody.

        Who calls from then on is refused at once, before anything is sent: nginx then asks another server.
        """
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        while self.sockets:
            listener = self.sockets.pop()
            # Where there is no room for one more, those who are in are answered all the same.
            with suppress(OSError):
                known = -1
                while known != self.nr_conns:  # until nobody is waiting
                    known = self.nr_conns
                    self.accept(listener)
            listener.close()

"""The demo accounts of a developer's machine: one for each role, known to everybody, and nowhere else."""

from dataclasses import dataclass

# Neither is a secret: everybody may know them, and `checks.py` and the log-in refuse the accounts where
# DEBUG is off.
DEMO_PASSWORD = "vejviser-demo"  # noqa: S105 (published in the README for trying the site out; without DEBUG `checks.py` makes these accounts an error and `adapters.py` refuses their log-in, tested in `tests/test_demo_users.py`)
# In base32, as an app takes it: letters and 2–7.
DEMO_SECRET = "VEJVISERDEMOVEJVISERDEMOVEJVISER"  # noqa: S105 (its codes are printed on the log-in page of the demo accounts; refused without DEBUG as the password is, and `checks.py` also finds it on any other account)
PREFIX = "demo-"
# Whose offers the demo association edits: one of the organisations of `fixtures/`.
ORGANISATION = "headspace-danmark"


@dataclass(frozen=True)
class Demo:
    """A demo account, and the role it has."""

    username: str
    role: str


DEMOS = [
    Demo(f"{PREFIX}administrator", "Administrator"),
    Demo(f"{PREFIX}godkender", "Godkender"),
    Demo(f"{PREFIX}redaktoer", "Redaktør"),
    Demo(f"{PREFIX}sagsbehandler", "Sagsbehandler"),
    Demo(f"{PREFIX}tilbudsejer", "Tilbudsejer"),
]
USERNAMES = [demo.username for demo in DEMOS]

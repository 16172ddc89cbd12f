"""Whom people speak of: relatives, and in which class each is. Pure."""

from offers.search.stems import stem

PARTNER, CHILD, PARENT, SIBLING = "*partner", "*barn", "*forælder", "*søskende"

_RELATIVES = {
    PARTNER: "mand kone kæreste partner samlever ægtefælle eks hustru ekskæreste eksmand",
    CHILD: "barn søn datter dreng pige teenager knægt tøs børn unge",
    PARENT: "mor far forældre mødre fædre mama papa stedfar stedmor",
    SIBLING: "bror søster søskende lillebror storesøster",
}
_CLASSES = {stem(word): name for name, members in _RELATIVES.items() for word in members.split()}
# Before the name of a relative these say that it is one's own.
POSSESSIVES = frozenset(["min", "mit", "mine", "vor", "vores"])


def kin(stemmed: str) -> str:
    """Return a relative's class: what a phrase says of “min mand” holds for “min kæreste”, too."""
    return _CLASSES.get(stemmed, stemmed)


def names_kin(stemmed: str) -> bool:
    """Whether the word names a relative."""
    return stemmed in _CLASSES

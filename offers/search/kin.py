"""Whom people speak of, in Danish and in English: relatives, and in which class each is. Pure."""

from offers.search.stems import stem

PARTNER, CHILD, PARENT, SIBLING = "*partner", "*barn", "*forælder", "*søskende"

_RELATIVES = {
    PARTNER: "mand kone kæreste partner samlever ægtefælle eks hustru ekskæreste eksmand "
    "husband wife boyfriend girlfriend spouse",
    CHILD: "barn søn datter dreng pige teenager knægt tøs børn unge son daughter child children kids",
    PARENT: "mor far forældre mødre fædre mama papa stedfar stedmor "
    "mother father mom mum dad parents stepfather stepmother",
    SIBLING: "bror søster søskende lillebror storesøster brother sister",
}
_CLASSES = {stem(word): name for name, members in _RELATIVES.items() for word in members.split()}
# Before the name of a relative these say that it is one's own.
POSSESSIVES = frozenset(["min", "mit", "mine", "vor", "vores", "my", "our"])


def kin(stemmed: str) -> str:
    """Return a relative's class: what a phrase says of “min mand” holds for “min kæreste”, too."""
    return _CLASSES.get(stemmed, stemmed)


def names_kin(stemmed: str) -> bool:
    """Whether the word names a relative."""
    return stemmed in _CLASSES

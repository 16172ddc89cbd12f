"""The second step of search: what is left of a word when its endings are taken off."""

import re
import threading
from functools import lru_cache

import Stemmer

from offers.search.letters import WORD_LENGTH

REMEMBERED = 65_536  # words whose stems are kept at hand

# Forms that no rule leads back to the word before the colon. A form may be what the rules leave of
# several ("mødr" of mødre, mødrene and mødres).
_IRREGULAR = """
artikel: artikl
barsel: barsl
begå: begår begik begået
bestå: består bestod bestået
bo: bor bønde bøt
bog: bøger bøgerne bøgers
bonde: bønder bønderne
brug: brugt
by: byen byens byer byerne byers
cykel: cykl
drik: drak druk drukn
eksempel: eksempl
enkel: enkl enkelt
fandt: fund
far: fader faderen faderens
finger: fingr
fod: fødder fødderne
forlad: forlod forladt
fri: frit frie frier friere
fængsel: fængsl
føl: følt
født: fødte
gammel: gaml gammelt
glem: glemt
gymnasium: gymnasi
hjælp: hjalp hjulp
hør: hørt
hånd: hænd
kapitel: kapitl
kend: kendt
kollegium: kollegi
kraft: kræfter kræfterne
kriterium: kriteri
kursus: kurser kurserne kursernes kursers kurset kursets
kør: kørt
køb: købt
ledig: ledighed ledigheden ledighedens
lille: små småt
læs: læst
lær: lært
lån: lånt
mangel: mangl
medium: medi
ministerium: ministeri
mor: moder moderen moderens
museum: museer museerne museet museets
mød: mødt
nat: nætter nætterne
nævn: nævnt
ny: nyt nye nyere nyeste nyest
onkel: onkl
ondt: ond
ram: ramt
rask: raskt
ulykkelig: ulykkelige ulykkeligt
regel: regl
register: registr
råb: råbt
ryge: rygning rygningen
sikker: sikr sikkert
sjælden: sjældn sjældent
skulder: skuldr
skænd: skændt skændtes
slå: slår slås slog slået slåede
spis: spist
stjæl: stjal stjål
sund: sundt
svag: svagt
svær: svært
syg: sygt
søg: søgt
søster: søstr
tab: tabt
tal: talt
tand: tænder tænderne tænders
teater: teatr
titel: titl
true: truer truede truet truende trues
trussel: trusl
tryg: trygt
tving: tvung
tænk: tænkt
uge: ugen ugens uger ugerne ugers
ung: yngr yngst
usikker: usikr usikkert
utryg: utrygt
voksen: voksn voksent
voldtag: voldtog voldtaget
vælg: valgt
ødelæg: ødelagt
øje: øjet øjne øjnene øjn
åben: åbn åbent
år: året årets årene årenes års
"""
# The same at the end of longer words: plejebørn, nordmænd, plejeforældre, hjælpemidler.
_IRREGULAR_ENDS = {
    "brødr": "bror",
    "børn": "barn",
    "centr": "cent",
    "døtr": "datter",
    "forældr": "foræld",
    "fædr": "far",
    "fødsl": "fødsel",
    "midl": "middel",
    "ministeri": "ministerium",
    "mænd": "mand",
    "mødr": "mor",
}
# Words that the rules would take for others: demens is not dem, a ledig is no leder, a ryger no ryg.
_WHOLE = """
aldrig billig daglig datter demens endelig farlig fattig fremmed giftig heldig ledig lejlighed mærkelig moms
nyttig oversigt parentes rape rigtig ryge slagelse sone synlig tidlig venlig virkelig voksen værelse
"""
_ENDINGS_OF_WHOLE = (
    "", "e", "ede", "en", "ens", "er", "ere", "eren", "erne", "ernes", "ers", "es", "est", "et", "ets",
    "n", "r", "re", "ren", "rne", "s", "st", "ste", "t",
)  # fmt: skip
# Words in a or o: folding has written temaet and naboer with one letter (temæt, nabør).
_IN_A_VOWEL = """
agenda arena aula dato dilemma drama eksema euro firma foto influenza info kamera kilo klima konto nabo
panorama pizza propaganda radio risiko skema sofa studio tema trauma veranda video villa visa
"""
_MET = {"a": "æ", "o": "ø"}
_ENDINGS_AFTER_VOWEL = ("n", "ns", "r", "rne", "rnes", "rs", "t", "ts")

# The neuter of adjectives, and the past tense: what the Snowball rules leave alone (alvorligt, ventede).
_NEUTER = re.compile(r"^(.{2,}(?:(?<!p)lig|tig|[ln]dig|som|bar|[^f]el|al|iv))t$")
_PAST = re.compile(r"^(.{3,}e)de$")
_END = re.compile(f"^(.+)({'|'.join(_IRREGULAR_ENDS)})$")


class _Snowball(threading.local):
    """The Danish Snowball stemmer; only one thread may use each (documentation of PyStemmer)."""

    def __init__(self):
        self.stem = Stemmer.Stemmer("danish", 0).stemWord


_snowball = _Snowball()


def _shorter(word: str) -> str:
    """Return the word with one ending less, or as it is if it has none."""
    for rule in (_NEUTER, _PAST):
        if found := rule.match(word):
            return found[1]
    if found := _END.match(word):
        return found[1] + _IRREGULAR_ENDS[found[2]]
    return _snowball.stem(word)


def _to_the_end(word: str) -> str:
    """Return what is left of a word when no rule takes any more off it."""
    while (shorter := _shorter(word)) != word:
        word = shorter
    return word


def _known() -> dict[str, str]:
    """Return the stem of each form that the tables above know."""
    known = {word + ending: word for word in _WHOLE.split() for ending in _ENDINGS_OF_WHOLE}
    for word in _IN_A_VOWEL.split():
        met = word[:-1] + _MET[word[-1]]
        known |= {met + ending: _to_the_end(word) for ending in _ENDINGS_AFTER_VOWEL}
    for line in _IRREGULAR.strip().splitlines():
        word, forms = line.split(":")
        known |= dict.fromkeys((word, *forms.split()), known.get(word) or _to_the_end(word))
    return known | _IRREGULAR_ENDS


_KNOWN = _known()


@lru_cache(REMEMBERED)
def stem(word: str) -> str:
    """Return the stem of a folded word: the same for its forms, seldom a word itself.

    Snowball's Danish rules, until no rule takes more off (aktiviteter → aktivitet → aktivit), with the
    irregular words. Idempotent; what has anything but letters, or more than 60, is returned as it is.

    >>> stem("børnene"), stem("aktiviteter")
    ('barn', 'aktivit')
    """
    if len(word) > WORD_LENGTH or not word.isalpha():
        return word
    while word not in _KNOWN:
        shorter = _shorter(word)
        if shorter == word:
            return word
        word = shorter
    return _KNOWN[word]

"""Danish words that carry no need, or hardly one. They still count inside a phrase of the thesaurus.

The inverse document frequency of a small directory cannot know that “dagen” is common in Danish, so the
everyday words that tell little are named here.
"""

_WORDS = """
af alle alt altid anden andet andre at bare begge blev blive bliver både da de dem den denne der deres
det dette dig din dine disse dit dog du efter eller en end er et eventuelt for fordi fra før få får
gennem god godt gør gøre ham han hans har havde have hele helt hen hende hendes her hos hun hvad hvem
hver hvilke hvilken hvis hvor hvordan hvorfor hvornår i ikke ind ingen intet ja jeg jer jeres kan kom
komme kommer kunne lidt lige lille man mange med meget mellem men mere mest mig min mine mit mod må
måske ned nej noget nogen nogle nok nu når og også om omkring op os over på samt selv sig sin sine sit
skal skulle som stor står så sådan søger tag tager til tit ud uden under var ved vi vil ville vore
vores være været
"""
STOP_WORDS = frozenset(_WORDS.split())

# How the small words are typed in a hurry; too short to be corrected by letters.
SPOKEN = {
    "ik": "ikke",
    "ikk": "ikke",
    "ike": "ikke",
    "ta": "tage",
    "tar": "tager",
    "gir": "giver",
    "ska": "skal",
    "ku": "kunne",
    "sku": "skulle",
    "hva": "hvad",
    "mi": "mit",
    "slåer": "slår",
    "skære": "skærer",
}

# Words about who it is, when and how: they help to choose among offers, but name no need.
_WEAK = """
almindelig almindelige bag besked bestemt besøg besøge besøger bor bringe brugt eftermiddag efterhånden
ekstra faktisk foran forbi forhold form forskellige forskelligt fortsat fulgt følge følger fået får fast
grund hente henter hentet igennem imod kigge kigger konstant kunnet kørte lade lader lagde lagt lave laver
lavet ligge ligger ligget lige lægge lægger løber mene mener mindre morgen måned måneder mærke mærker mødes
nat natten nogensinde næsten overhovedet person personer pludselig pludseligt praktisk privat prøve prøver
prøvet ret ringe ringer ringet sad sagde sagt sammen sat satte selvom send sende sender sendt sige siger
sket skrev skrive skriver skrevet slags slet slutte snakke snakker snakket spurgt spørge spørger stille
stiller stoppe stopper stoppet svare svarer svaret sætte sætter taget tage tager talt tale taler time timer
tog undervejs vise viser virke virker vente venter weekend weekenden ændre ændrer åben
aften arbejder begynder begyndt bedre brug bruger dag dage dagen dagligt datter drenge dreng
dårlig dårligt egen eget egne faktisk far fik finde finder flere folk forkert
forstår fortalt fortælle fra første gang gange gerne give giver gået går gå hedder helst hjem
hjemme holde holder holdt hurtig hurtigt hus hverdag hvert høre igen ked klare
klarer kone kommune kommunen kontakt kæreste lang lange langt lever liv livet længe lære løse
mand mennesker menneske mor mulighed muligheder mulige muligt måde møde nemt nogensinde ny nye nyt
næste nødt nå ofte okay ordentligt par pige piger plads rigtig rigtigt sagde
sammen se ser sidder sidste sige siger skete små snart som søn søger sted stadig
starte steder svær svært synes tabt tidligere tid tiden tilbud ting tro tror trænger
tænker tænke uge ugen var veje vej vide ven virkelig vores vælge
værelse værelset år året ønsker ønske
"""
WEAK_WORDS = frozenset(_WEAK.split()) - STOP_WORDS

# What help is given as, not what it is about: “familierådgivning” is about families.
_FORMS = """
behandling center forløb gruppe gruppen grupper hjælp hjælpe kursus kurser linje rådgiver rådgivning samtale
samtaler støtte telefon tilbud vejledning
"""
FORM_WORDS = frozenset(_FORMS.split())

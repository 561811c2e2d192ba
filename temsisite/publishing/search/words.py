"""How words are folded: the same when a record is indexed, when a reader asks, and when what was found is marked.

Case, accents and hyphens say nothing, Greek letters are their names, British spelling is American. A hyphenated name
is kept in parts and joined: 4E-BP1 is 4e, bp1 and 4ebp1.
"""

import re
import unicodedata
from functools import lru_cache

NAMES_OF_GREEK = [
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
    *("nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
]
LETTERS = str.maketrans(
    # With hyphens, so that IFNα falls into the same parts as IFN-alpha.
    {greek: f"-{name}-" for greek, name in zip("αβγδεζηθικλμνξοπρστυφχψω", NAMES_OF_GREEK, strict=True)}
    | {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
)
# Rough on purpose: what matters is only that both spellings of a word become the same.
SPELLINGS = [
    (r"[ao]e", "e"),  # anaemia, oedema, leukaemia
    (r"(?<=\w{3})our(?=s?$|ed$|ing$|able$)", "or"),  # tumour
    (r"(?<=\w{3})([iy])s(?=e[drs]?$|ing$|ations?$)", r"\1z"),  # randomised, analysed
    (r"(?<=\w{2})([tb])re(?=s?$)", r"\1er"),  # centre, fibre
    (r"(?<=\w{3})ll(?=ed$|ing$)", "l"),  # signalling
    (r"sulph", "sulf"),
    (r"^alpha$", "alfa"),  # as in interferon alfa, an INN
    (r"^ifn$", "interferon"),
]
POSSESSIVE = re.compile(r"['’]s\b")
KEYS = ("kind", "verdict", "name", "about")  # the sorts of `key`: how each of them begins
ATOM = re.compile(r"[^\W_]+")
COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑‒–−'’]+[^\W_]+)*")


def plain(text):
    """A text in lower case, without accents and possessives, with the names of Greek letters."""
    text = unicodedata.normalize("NFKD", POSSESSIVE.sub("", text.casefold()))
    return "".join(letter for letter in text if not unicodedata.combining(letter)).translate(LETTERS)


@lru_cache(maxsize=10_000)
def spelled(word):
    """A plain word in the one spelling that is kept of it."""
    for pattern, replacement in SPELLINGS:
        word = re.sub(pattern, replacement, word)
    return word


def atoms(text):
    """The words of a text, one by one: “CCI-779” is cci and 779."""
    return [spelled(word) for word in ATOM.findall(plain(text))]


def joined(text):
    """The hyphenated names in a text, written as one: “CCI-779” is cci779."""
    runs = (ATOM.findall(compound) for compound in COMPOUND.findall(plain(text)))
    return [spelled("".join(run)) for run in runs if len(run) > 1]


@lru_cache(maxsize=10_000)
def folds(compound):
    """A word or a hyphenated name as one word, and its parts, each with its place and its words."""
    return joined(compound), [(run.span(), atoms(run.group())) for run in ATOM.finditer(compound)]


def compact(name):
    """A whole name as one word, by which it is found however it is divided."""
    return "".join(atoms(name))


def folded(*texts):
    """The words of texts as the index keeps them; the joined come last, so that the others stay neighbors."""
    text = "\n".join(texts)
    return " ".join([*atoms(text), *dict.fromkeys(joined(text))])


def key(sort, *values):
    """A made-up word by which rows are chosen: kinddrug, verdictrefined, namecci779, aboutdrugtemsirolimus."""
    return sort + "".join(map(compact, values))

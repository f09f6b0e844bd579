"""The words of which addresses are made: what is shortened, what a street ends in, what says nobody’s where."""

MONTHS = "january february march april may june july august september october november december"
SHORT = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "cl": "close", "ln": "lane",
    "dr": "drive", "drv": "drive", "ct": "court", "crt": "court", "cres": "crescent", "gdns": "gardens",
    "gdn": "garden", "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "pk": "park",
    "gr": "grove", "grv": "grove", "gro": "grove", "wy": "way", "hse": "house", "saint": "street",
}  # fmt: skip
STREET_WORDS = """
approach avenue bank boulevard chase close common cottages court crescent croft drive end fold garden gardens gate green
grove heights hill lane meadow mews mount parade park place quay rise road row square street terrace vale view villas
walk way wharf yard
"""
HOUSE_WORDS = """
abbey academy apartments barn bungalow centre college cottage cottages court farm flats grange hall heights home hospice
hospital hostel hotel house lodge manor mansions mews mill nursery place point priory rectory refuge school tower towers
unit vicarage villa villas
"""
FLAT_WORDS = "apartment apt block flat flats floor plot room studio suite unit ward"
EVERYWHERE_WORDS = """
bridge chapel church east green high king kings london main manor market mill new north park queen queens school
south station the victoria west
"""
ORDINARY_WORDS = """
a an and at be by for her his in its my no not of our their to with yet
abode address confidential confirmed disclosed fixed known lives living placed placement stay staying unknown
adopters adoptive adults aunt aunts baby babys brother brothers carer carers child childrens children dad dads families
family father fathers foster friend friends grandfather grandfathers grandma grandmother grandmothers grandparents great
kinship maternal mother mothers mum mums nan nans parent parents paternal people prospective sister sisters step
stepfather stepmother uncle uncles women womens young
authority council local miss mr mrs ms secure services social worker workers
academy apartments care centre college contact cottage day emergency farm first flat flats floor garden ground hall home
hospice hospital hostel hotel house infant junior lodge lodgings nursery nursing primary refuge residential respite
second secondary short special supported temporary term unit ward
"""


def in_full(word):
    """As words of an address are compared: in full, and “Kings” like “King’s”."""
    whole = SHORT.get(word, word)
    return whole[:-1] if len(whole) > 3 and whole.endswith("s") else whole


def _compared(words):
    return frozenset(map(in_full, words.split()))


# What the name of a street ends in; of a house; what stands before the number of a part of one.
STREETS, HOUSES, FLATS = _compared(STREET_WORDS), _compared(HOUSE_WORDS), _compared(FLAT_WORDS)
# Every town has one: alone it tells nobody where.
EVERYWHERE = _compared(EVERYWHERE_WORDS)
# Lines above an address that say who or what, and not which house.
ORDINARY = EVERYWHERE | _compared(ORDINARY_WORDS)
A_MONTH = _compared(MONTHS)

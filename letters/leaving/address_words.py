"""The words of which addresses are made: what is shortened, what a street ends in, what says nobody’s where."""

SHORT = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "cl": "close", "ln": "lane",
    "dr": "drive", "drv": "drive", "ct": "court", "crt": "court", "cres": "crescent", "gdns": "gardens",
    "gdn": "garden", "pl": "place", "sq": "square", "ter": "terrace", "terr": "terrace", "pk": "park",
    "gr": "grove", "grv": "grove", "gro": "grove", "wy": "way", "hse": "house", "childrens": "children",
}  # fmt: skip
STREET_WORDS = """
avenue close court crescent drive garden gardens grove hill lane mews parade park place quay rise road row square
street terrace walk way wharf yard
"""
EVERYWHERE_WORDS = """
bridge chapel church east green high king kings london main manor market mill new north park queen queens school
south station the victoria west
"""
ORDINARY_WORDS = """
a an and at be by for her his in its my of our their to with
address confidential confirmed known lives living placed placement stay staying unknown
adults aunt aunts baby babys brother brothers carer carers child children families family father fathers foster
friend friends grandfather grandfathers grandmother grandmothers grandparents kinship maternal mother mothers parent
parents paternal people sister sisters uncle uncles young
academy care centre contact cottage day emergency farm flat flats hall home hospital hostel hotel house infant junior
lodge nursery nursing primary residential respite secondary short special supported temporary term unit
"""
# What the name of a street ends in.
STREETS = frozenset(STREET_WORDS.split())
# Every town has one: alone it tells nobody where.
EVERYWHERE = frozenset(EVERYWHERE_WORDS.split())
# Lines above an address that say who or what, and not which house.
ORDINARY = EVERYWHERE | frozenset(ORDINARY_WORDS.split())

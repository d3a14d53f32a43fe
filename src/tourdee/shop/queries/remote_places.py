"""Where carriers commonly ask for more: islands that only boats reach, mountains that few roads do. A first list for the
seller to change, from what the places are; each carrier has its own, so the page says to compare."""

ISLANDS = (
    "20120", "23170", "81150", "82160", "84140", "84280", "84310", "84320", "84330", "84360",
)  # Si Chang; Chang; Lanta; Yao; Samui, Pha-ngan, Tao  # fmt: skip
MOUNTAINS = (
    "50310", "50350", "58000", "58110", "58120", "58130", "58140", "58150", "63150", "63170", "71180", "71240",
)  # Omkoi, Wiang Haeng; Mae Hong Son; Tha Song Yang, Umphang; Thong Pha Phum, Sangkhla Buri  # fmt: skip
USUALLY_REMOTE = [*ISLANDS, *MOUNTAINS]

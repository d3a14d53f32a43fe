"""The legal person behind a shop, its papers, and the rules that say what it may sell."""

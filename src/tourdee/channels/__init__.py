"""The shop's other windows: one folder per outside service through which it sells, each a Django app of its own.

The folders are strangers to each other. To add one, copy the shape of one that is there.
"""

"""The demo: invented people in a real database, so that the whole way can be walked from the first minute.

Everything goes through the same acts and rows as in earnest. All people have addresses at ``demo.tourdee.example``.
"""

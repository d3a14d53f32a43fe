"""What the pages and the checkout cost, measured from outside on a real server with two web processes.

    make bench

prints a table and writes the same as ``bench/last.json``. Every figure is the median of several rounds; the machine's
noise is shown by the smallest and largest. CPU is what the operating system counted for the server's processes.
"""

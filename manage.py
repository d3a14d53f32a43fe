#!/usr/bin/env python
"""Django's command line, for work on the code. An installation uses ``tourdee``."""

from tourdee.config.cli import main

if __name__ == "__main__":
    main()

"""`python -m training`: everything the product does, from the shell."""

import sys

from training.cli import main

if __name__ == "__main__":
    sys.exit(main())

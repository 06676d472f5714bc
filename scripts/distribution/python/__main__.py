import sys

from cachewright import main

if __name__ == "__main__":
    sys.exit(main())

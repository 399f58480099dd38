"""How often the intervals of plan against plan hold 0 where nothing was changed: 95 % is right.

Run as `python -m tests.bench.intervals [REPEATS [PAIRS]]`.
"""

import sys
from time import perf_counter

sys.path.insert(0, "tests")

from worlds_intervals import covering


def main() -> None:
    words = sys.argv[1:]
    repeats, pairs = (int(word) for word in [*words, *["200", "20"][len(words) :]])
    began = perf_counter()
    found = covering(repeats, pairs)
    for name, share in sorted(found.items(), key=lambda one: one[1]):
        print(f"{share:7.1%}  {name}")
    mean = sum(found.values()) / len(found)
    took = perf_counter() - began
    print(f"{mean:7.1%}  of all; {repeats} comparisons of {pairs} pairs in {took:.0f} s")


if __name__ == "__main__":
    main()

"""What every peer does: open, then one piece of work a line of its input (side.ts says the protocol)."""

import json
import os
import resource
import sys
import time

# libraries print where they like: answers alone go to the pipe
ANSWERS = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def order():
    """What the peer was told: the setting and its options."""
    return json.loads(sys.argv[1])


def answer(**message):
    print(json.dumps(message), file=ANSWERS, flush=True)


def seconds(work):
    """The least of three runs after one that does not count: to choose between settings."""
    work()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def serve(about, work, parts=1):
    """work() returns the number by which both sides show that they did the same; the time is of one of its parts."""
    answer(about=about)
    for line in sys.stdin:
        if line.strip() == "run":
            start = time.perf_counter()
            check = work()
            ms = 1000 * (time.perf_counter() - start) / parts
            answer(ms=ms, check=check)
    answer(peakRss=1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

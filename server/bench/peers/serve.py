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


def asked():
    """Waits for the next run to be asked for; says what memory was taken where none is any more."""
    global began
    for line in sys.stdin:
        if line.strip() == "run":
            began = time.perf_counter()
            return True
    answer(peakRss=1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return False


def done(check=None, parts=1):
    """Ends the run that was asked for; the time is of one of its parts."""
    answer(ms=1000 * (time.perf_counter() - began) / parts, check=check)


def serve(about, work, parts=1):
    """work() returns the number by which both sides show that they did the same."""
    answer(about=about)
    while asked():
        done(work(), parts)


def serve_trainer(about, steps, check=None):
    """A callback that holds a Trainer still until a run is asked for, which is so many of its steps."""
    from transformers import TrainerCallback

    def wait():
        if not asked():
            sys.exit()  # the trainer would go on

    class Turns(TrainerCallback):
        def on_train_begin(self, args, state, control, **_):
            answer(about=about)
            wait()

        def on_step_end(self, args, state, control, **_):
            if state.global_step % steps == 0:
                done(check)
                wait()

    return Turns()

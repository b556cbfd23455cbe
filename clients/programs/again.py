"""Asks a second apart, for as long as a program is told to."""

import os
import time


def again(ask, seconds):
    """Prints each answer. What `ask` raises ends the program; with GO_ON it is printed like an answer."""
    end = time.monotonic() + seconds
    while True:
        try:
            print(ask(), flush=True)
        except Exception as error:
            if "GO_ON" not in os.environ:
                raise
            print("failed:", error, flush=True)
        if time.monotonic() >= end:
            break
        time.sleep(1)

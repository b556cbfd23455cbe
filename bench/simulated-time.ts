import type { MonotonicMs } from '../src/time.ts'

interface Wait {
  readonly at: MonotonicMs
  readonly ring: () => void
}

/** Time that jumps from one wait to the next, so that hours of many jobs pass in seconds. */
export interface SimulatedTime {
  now: () => MonotonicMs
  pause: (ms: number) => Promise<void>
  /** Resolves when nobody waits any more. */
  run: () => Promise<void>
}

// Until everybody who can go on has done so, and waits again.
const othersHaveRun = () => new Promise((resolve) => setImmediate(resolve))

export function simulatedTime(): SimulatedTime {
  let now = 0
  // A binary heap: the earliest wait is the first, and each is no later than the two below it.
  const waits: Wait[] = []
  const at = (index: number): MonotonicMs => waits[index]?.at ?? Number.POSITIVE_INFINITY

  function swap(one: number, other: number): void {
    const [first, second] = [waits[one], waits[other]]
    if (first === undefined || second === undefined) return
    waits[one] = second
    waits[other] = first
  }

  function add(wait: Wait): void {
    let index = waits.push(wait) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (at(parent) <= at(index)) return
      swap(parent, index)
      index = parent
    }
  }

  function takeEarliest(): Wait | undefined {
    swap(0, waits.length - 1)
    const earliest = waits.pop()
    for (let index = 0; ; ) {
      const [left, right] = [2 * index + 1, 2 * index + 2]
      const child = at(right) < at(left) ? right : left
      if (at(child) >= at(index)) return earliest
      swap(child, index)
      index = child
    }
  }

  return {
    now: () => now,
    pause: (ms) => new Promise((ring) => add({ at: now + ms, ring })),
    run: async () => {
      await othersHaveRun()
      for (let next = takeEarliest(); next !== undefined; next = takeEarliest()) {
        now = next.at
        next.ring()
        await othersHaveRun()
      }
    },
  }
}

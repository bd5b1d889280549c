/**
 * The moved time as main thread and functions share it: a line `base + (wall − anchor) × speed` in shared memory, so that a
 * function's `Date.now()` is synchronous and exactly the clock's. A version counter guards against reading half a move.
 */
export interface SharedTime {
  readonly buffer: SharedArrayBuffer;
  now(): number;
  /** Sets the clock to `instant` (ms), keeping its speed. */
  moveTo(instant: number): void;
}

// Taken before the host replaces `Date.now`.
const wallNow = Date.now;

const BYTES = 8 + 3 * 8;

export function sharedTime(start: number, speed: number): SharedTime {
  const buffer = new SharedArrayBuffer(BYTES);
  const [version, line] = views(buffer);
  line[2] = speed;
  const now = reader(buffer);
  const moveTo = (instant: number) => {
    Atomics.add(version, 0, 1);
    line[0] = instant;
    line[1] = wallNow();
    Atomics.add(version, 0, 1);
  };
  moveTo(start);
  return { buffer, now, moveTo };
}

/** Reads the shared time, whole milliseconds. */
export function reader(buffer: SharedArrayBuffer): () => number {
  const [version, line] = views(buffer);
  return () => {
    for (;;) {
      const before = Atomics.load(version, 0);
      const now = line[0]! + (wallNow() - line[1]!) * line[2]!;
      if (before % 2 === 0 && Atomics.load(version, 0) === before) return Math.floor(now);
    }
  };
}

function views(buffer: SharedArrayBuffer): [Int32Array, Float64Array] {
  return [new Int32Array(buffer, 0, 2), new Float64Array(buffer, 8, 3)];
}

/**
 * The time of one invocation after another, as it is billed: what its thread's processor does, and the waits for AWS as they
 * are declared. A wait begins where what was awaited before it ends, so calls at once count once, those in a row each.
 */
export class BilledTime {
  readonly #now: () => number;
  #cpuMs: number;
  /** Of all waits so far the end, in a time in which nothing else passes. */
  #waitedMs = 0;

  /** @param now processor time so far, ms */
  constructor(now: () => number = threadCpuMs) {
    this.#now = now;
    this.#cpuMs = now();
  }

  /** An invocation begins. */
  begin(): void {
    this.#cpuMs = this.#now();
    this.#waitedMs = 0;
  }

  /** A call begins. @returns what is to be called when it is answered */
  await(latencyMs: number): () => void {
    const end = this.#waitedMs + latencyMs;
    return () => {
      this.#waitedMs = Math.max(this.#waitedMs, end);
    };
  }

  /** Since it began, ms. */
  get ms(): number {
    return this.#now() - this.#cpuMs + this.#waitedMs;
  }
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

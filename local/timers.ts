/** Timers ordered by instant, then by registration: a binary heap, since thousands of executions may be waiting. */
export interface Timer {
  at: number;
  order: number;
  label: string;
  fire: (() => void) | undefined;
}

export class TimerHeap {
  readonly #heap: Timer[] = [];
  #order = 0;

  /** Registers `fire` for `at` (ms); the answer takes it back. */
  add(at: number, label: string, fire: () => void): () => void {
    const timer: Timer = { at, order: this.#order++, label, fire };
    this.#heap.push(timer);
    this.#up(this.#heap.length - 1);
    return () => {
      timer.fire = undefined;
    };
  }

  /** The instant of the next timer, if there is one. */
  next(): number | undefined {
    while (this.#heap.length > 0 && this.#heap[0]!.fire === undefined) this.#take();
    return this.#heap[0]?.at;
  }

  /** Takes the timers of exactly the next instant, in order. */
  takeNext(): Timer[] {
    const at = this.next();
    const taken: Timer[] = [];
    while (at !== undefined && this.next() === at) taken.push(this.#take());
    return taken;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  #take(): Timer {
    const first = this.#heap[0]!;
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#down(0);
    }
    return first;
  }

  #before(a: number, b: number): boolean {
    const [x, y] = [this.#heap[a]!, this.#heap[b]!];
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b]!, this.#heap[a]!];
  }

  #up(index: number): void {
    for (let i = index; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #down(index: number): void {
    for (let i = index; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < this.#heap.length && this.#before(child, least)) least = child;
      }
      if (least === i) return;
      this.#swap(i, least);
      i = least;
    }
  }
}

/** Whole numbers as spans from–to, both included, rising: a batch of a thousand lines is one span. */
export type Spans = readonly (readonly [from: number, to: number])[];

export const includes = (spans: Spans, n: number): boolean => spans.some(([from, to]) => from <= n && n <= to);
export const countOf = (spans: Spans): number => spans.reduce((sum, [from, to]) => sum + to - from + 1, 0);

/** The first so many numbers. */
export const firstOf = (spans: Spans, most: number): number[] => {
  const found: number[] = [];
  for (const [from, to] of spans) {
    for (let n = from; n <= to && found.length < most; n++) found.push(n);
  }
  return found;
};

/** Spans without some numbers. */
export const minus = (spans: Spans, taken: readonly number[]): Spans => {
  const sorted = [...new Set(taken)].sort((a, b) => a - b);
  return spans.flatMap(([from, to]) => {
    const left: [number, number][] = [];
    let next = from;
    for (const n of sorted) {
      if (n < next || n > to) continue;
      if (n > next) left.push([next, n - 1]);
      next = n + 1;
    }
    if (next <= to) left.push([next, to]);
    return left;
  });
};

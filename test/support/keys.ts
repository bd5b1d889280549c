let keys = 0;

/** An idempotency key that nobody has used yet. */
export const fresh = (what = 'step'): string => `${what}-${++keys}`;

import { createHash } from 'node:crypto';
import type { Day } from '../../../shared/time/clock.ts';

/** The number of a document, short enough to read out: its kind, its day and a digest of what it is of. */
export const documentNumber = (kind: string, day: Day, id: string): string =>
  `${kind}-${day.replaceAll('-', '')}-${createHash('sha256').update(id).digest('hex').slice(0, 8).toUpperCase()}`;

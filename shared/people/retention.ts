import type { PolicyValues } from '../policy/policy.ts';
import { DAY, type Instant } from '../time/clock.ts';

/**
 * How long a text of a person is kept (PIPL art. 19: no longer than its purpose needs), by what it is for. What has no such
 * end (a name, a contact way) lives as long as whoever it is of.
 */
const DAYS = {
  /** What people said and wrote, and what was answered. */
  said: 'keepSaidDays',
  /** Who was called at which number, and who spoke. */
  called: 'keepCalledDays',
  /** What proves that a demand arrived (Civil Code art. 188, 195). */
  evidence: 'keepEvidenceDays',
  /** What belongs to the books: why and under which reference money moved. */
  books: 'keepBooksDays',
} as const satisfies Record<string, keyof PolicyValues>;
export type Keeps = keyof typeof DAYS;

/** What a law has kept, whatever a person asks for: it is restricted to storage (PIPL art. 47). */
export const BY_LAW: ReadonlySet<unknown> = new Set<Keeps>(['evidence', 'books']);

/** Texts that are needed for something else, or for less long, than the rest of their case. */
const OTHERWISE: Record<Keeps, Record<string, Keeps>> = {
  said: { number: 'called', spokeWith: 'called', spokenBy: 'called' },
  called: {},
  evidence: { question: 'said' },
  books: { called: 'evidence' },
};

/** Texts of a party itself, which live while it does: the registry's alone to erase, wherever else they are referred to. */
const OF_PARTY: ReadonlySet<unknown> = new Set(['name', 'phone', 'email']);

/** What a text of a case is kept for, whose type keeps its texts for `keeps`. */
const keepsOf = (keeps: Keeps, kind: string): Keeps => OTHERWISE[keeps][kind] ?? keeps;

/** What an item in the table is kept for: of one that doesn't say, what its case's type says; `undefined`: it lives while its party does. */
export const keepsOfItem = ({ keeps, kind }: Record<string, unknown>, of: Keeps): Keeps | undefined =>
  (keeps as Keeps | undefined) ?? (OF_PARTY.has(kind) ? undefined : keepsOf(of, String(kind)));

/** What a text is kept for, and until when. */
export interface Kept {
  keeps: Keeps;
  until: Instant;
}

/** By the policy of the moment it was said in. @param kind which text of a case that is kept for `keeps` */
export const keptFor = (keeps: Keeps, kind: string, now: Instant, policy: PolicyValues): Kept => {
  const own = keepsOf(keeps, kind);
  return { keeps: own, until: now + policy[DAYS[own]] * DAY };
};

/** As DynamoDB reads when an item ends: in seconds. */
export const secondsOf = (instant: Instant): number => Math.ceil(instant / 1000);

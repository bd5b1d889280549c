import type { Caller } from '../../../shared/people/positions.ts';

/** Who sets what is charged, and bills it. */
export const FEE_MANAGERS: Caller[] = ['finance-head', 'centre-manager', 'site-director', 'administrator'];

/** What an amount is worked out from. */
export const BASES = ['area', 'flat', 'space', 'metered', 'shared', 'once'] as const;
export type Basis = (typeof BASES)[number];

/** How many months a bill is for. */
export const CYCLE_MONTHS = { monthly: 1, quarterly: 3, yearly: 12 } as const;
export const CYCLES = ['monthly', 'quarterly', 'yearly'] as const;
export type Cycle = (typeof CYCLES)[number];

/** Why something of a unit isn't billed; each is listed, none is skipped silently. */
export const LEFT_OUT = [
  'no-payer',
  'no-item',
  'no-area',
  'no-reading',
  'no-pool',
  'nothing',
  'too-much',
  'billed-before',
] as const;
export type LeftOutReason = (typeof LEFT_OUT)[number];

export const EXEMPTION_STATES = ['asked', 'approved', 'refused', 'ended'] as const;

/** Bounds of what is entered. */
export const ITEMS_MAX = 30;
export const RATES_MAX = 12;
/** Codes a site may ever have had. */
export const CODES_MAX = 200;
export const VERSIONS_MAX = 400;
/** Yuan for one of it. */
export const RATE_MAX = 1_000_000;
/** A single bill of more is a slip of the pen (fen); no payment is larger either. */
export const BILL_FEN_MAX = 1_000_000_000;
/** A discount ends within. */
export const EXEMPTION_MONTHS_MAX = 36;
/** Readings in one command: with the journal's own items, as many as DynamoDB writes together. */
export const READINGS_MAX = 90;
export const POOLS_MAX = 100;
export const POOL_BUILDINGS_MAX = 500;

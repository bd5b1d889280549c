import { createHash } from 'node:crypto';
import type { NamedFigures } from './reading.ts';
import type { CollectionFigures as Collected } from './report.ts';

/**
 * What of collection rates stands still once a month is over; what later versions add to them is no correction, and what
 * stands as of today isn't in it. The digests of signed months hang on these and their order.
 */
const RATES = ['current', 'prior'] as const;
const OF_RATE = ['fen', 'ofFen'] as const;
const OWED = [
  'openingFen',
  'chargedFen',
  'collectedFen',
  'reversedFen',
  'offsetFen',
  'undoneFen',
  'waivedFen',
  'closingFen',
] as const;
const OF_PRINCIPAL = ['adjustedFen', 'discountFen', 'freedFen'] as const;
const OF_PREPAID = [
  'openingFen',
  'paidFen',
  'reversedFen',
  'refundedFen',
  'offsetFen',
  'undoneFen',
  'closingFen',
] as const;

/** What a figure of collection is part of, and which one of that it is. */
export const CORRECTED = [...RATES, 'principal', 'late', 'prepaid'] as const;
export const CORRECTED_FIELDS = [...OF_RATE, ...new Set([...OWED, ...OF_PRINCIPAL, ...OF_PREPAID])] as const;
interface Amount {
  of: (typeof CORRECTED)[number];
  field: (typeof CORRECTED_FIELDS)[number];
  /** Fen; `null` of a rate where there is nothing to collect. */
  fen: number | null;
}
type Some = Omit<NamedFigures, 'key'> | undefined;

const ratesOf = (figures: Some): Amount[] =>
  RATES.flatMap((of) => OF_RATE.map((field) => ({ of, field, fen: figures?.[of]?.[field] ?? null })));
const amountsOf = (figures: Some): Amount[] => [
  ...OWED.flatMap((field) =>
    (['principal', 'late'] as const).map((of) => ({ of, field, fen: figures?.[of]?.[field] ?? 0 })),
  ),
  ...OF_PRINCIPAL.map((field) => ({ of: 'principal' as const, field, fen: figures?.principal[field] ?? 0 })),
  ...OF_PREPAID.map((field) => ({ of: 'prepaid' as const, field, fen: figures?.prepaid?.[field] ?? 0 })),
];

/** Of what a site's collection of a month came to. */
export const digestOf = (figures: Collected): string => {
  const rates = RATES.map((rate) => figures[rate] && OF_RATE.map((field) => figures[rate]?.[field]));
  const stands = [...rates, ...amountsOf(figures).map(({ fen }) => fen)];
  return createHash('sha256').update(JSON.stringify(stands)).digest('hex').slice(0, 16);
};

/** What of a closed month's collection has come to something else than was signed. */
export interface CollectedCorrection extends Omit<Amount, 'fen'> {
  /** The fee item; absent of the whole site. */
  item?: string;
  /** Fen; `null` of a rate where there is nothing to collect. */
  signed: number | null;
  now: number | null;
}

const differing = (signed: Some, now: Some): CollectedCorrection[] => {
  const current = [...ratesOf(now), ...amountsOf(now)];
  return [...ratesOf(signed), ...amountsOf(signed)].flatMap(({ of, field, fen }, i) => {
    const is = current[i]?.fen ?? null;
    return fen === is ? [] : [{ of, field, signed: fen, now: is }];
  });
};

interface Sums {
  total: Collected;
  items: readonly NamedFigures[];
}
/**
 * Every difference between what was signed of a month's collection and what it comes to now: of the whole site, whose
 * digest says that there are any, then of each fee item, also where items make up for each other (pure).
 */
export const collectedCorrectionsOf = (signed: Sums, now: Sums): CollectedCorrection[] => {
  const [then, since] = [signed, now].map(({ items }) => new Map(items.map((one) => [one.key, one])));
  const names = [...new Set([...(then?.keys() ?? []), ...(since?.keys() ?? [])])].sort();
  return [
    ...differing(signed.total, now.total),
    ...names.flatMap((item) => differing(then?.get(item), since?.get(item)).map((one) => ({ item, ...one }))),
  ];
};

import type { Envelope, Recorded } from '../../../../shared/domain/events.ts';
import type { Instant } from '../../../../shared/time/clock.ts';
import type { Allocation, BillFacts } from '../account.ts';
import type { AccountEvent } from '../events.ts';
import type { DebtPart } from '../terms.ts';

export const ENTRY_KINDS = [
  'charge',
  'discount',
  'late',
  'adjustment',
  'payment',
  'prepayment',
  'offset',
  'waiver',
  'refund',
  'credit-moved',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * A line of the ledger; only ever added. A payment is one line for each bill it settles and one for the prepaid rest; a
 * reversal repeats the lines of what it undoes with the opposite sign.
 */
export interface LedgerEntry {
  /** `<event>/<line>`: the same line has the same id however often it is read. */
  id: string;
  at: Instant;
  kind: EntryKind;
  reversal: boolean;
  bill?: string;
  part?: DebtPart;
  /** What is owed grows by this (fen, signed). */
  owedFen: number;
  /** The prepaid balance grows by this (fen, signed). */
  creditFen: number;
  payment?: string;
  /** Of what undoes or frees something: when that had been entered. */
  undoes?: Instant;
}

type Line = Omit<LedgerEntry, 'id' | 'at' | 'reversal'> & { reversal?: boolean };

/** An amount that settles something of a bill; put back (`sign` -1) where it is undone. */
const settles = (
  kind: EntryKind,
  allocations: readonly (Allocation & { at?: Instant | undefined })[],
  {
    sign = 1,
    payment,
    fromCredit = false,
    undoes,
  }: { sign?: 1 | -1; payment?: string; fromCredit?: boolean; undoes?: Instant | undefined } = {},
): Line[] =>
  allocations.map(({ bill, part, fen, at = undoes }) => ({
    kind,
    bill,
    part,
    owedFen: -sign * fen,
    creditFen: fromCredit ? -sign * fen : 0,
    reversal: sign === -1,
    ...(payment === undefined ? {} : { payment }),
    ...(at === undefined ? {} : { undoes: at }),
  }));

const prepaid = (
  kind: 'prepayment' | 'refund' | 'credit-moved',
  fen: number,
  payment?: string,
  reversal = false,
): Line[] =>
  fen === 0 ? [] : [{ kind, owedFen: 0, creditFen: fen, reversal, ...(payment === undefined ? {} : { payment }) }];

const charged = ({ bill, fen, discountFen = 0 }: BillFacts): Line[] => [
  { kind: 'charge', bill, part: 'principal', owedFen: fen + discountFen, creditFen: 0 },
  ...(discountFen === 0
    ? []
    : [{ kind: 'discount' as const, bill, part: 'principal' as const, owedFen: -discountFen, creditFen: 0 }]),
];

const linesOf = (event: Recorded<AccountEvent>): Line[] => {
  switch (event.name) {
    case 'account.charged':
      return [...event.data.bills.flatMap(charged), ...settles('offset', event.data.offsets, { fromCredit: true })];
    case 'account.offset':
      return settles('offset', event.data.offsets, { fromCredit: true });
    case 'account.paid': {
      const { payment, allocations, creditFen } = event.data;
      return [...settles('payment', allocations, { payment }), ...prepaid('prepayment', creditFen, payment)];
    }
    case 'account.reversed': {
      const { payment, allocations, creditFen, offsets, recordedAt } = event.data;
      return [
        ...settles('payment', allocations, { payment, sign: -1, undoes: recordedAt }),
        ...settles('offset', offsets, { fromCredit: true, sign: -1 }),
        ...prepaid('prepayment', -creditFen, payment, true),
      ];
    }
    case 'account.refunded':
      return prepaid('refund', -event.data.fen);
    case 'account.credit-moved':
      return prepaid('credit-moved', event.data.fen);
    case 'account.adjusted': {
      const { bill, fen, freedFen, freed = [{ fen: freedFen, at: undefined }] } = event.data;
      const paid = freed.map((one) => ({ ...one, bill, part: 'principal' as const })).filter((one) => one.fen > 0);
      return [
        { kind: 'adjustment', bill, part: 'principal', owedFen: fen, creditFen: 0 },
        ...settles('payment', paid, { sign: -1 }),
        ...prepaid('prepayment', freedFen),
      ];
    }
    case 'account.waived':
      return settles('waiver', event.data.allocations);
    case 'account.late-charged':
      return event.data.charges.map(({ bill, fen }) => ({
        kind: 'late',
        bill,
        part: 'late',
        owedFen: fen,
        creditFen: 0,
      }));
    default:
      return [];
  }
};

/** The ledger lines of an event of an account; none where it moves no money. */
export const entriesOf = (event: Envelope): LedgerEntry[] =>
  linesOf(event as Recorded<AccountEvent>).map((line, i) => ({
    reversal: false,
    ...line,
    id: `${event.id}/${i + 1}`,
    at: event.at,
  }));

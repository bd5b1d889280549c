import { payerOn, type UnitPayer } from '../../../shared/directory/units.ts';
import type { Envelope, NewEvent, PersonalRef, Recorded } from '../../../shared/domain/events.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { firstDay, lastDay } from '../../../shared/time/month.ts';
import {
  adjust,
  type BillFacts,
  charge,
  type EntryKind,
  type Ledger,
  ledgerOf,
  periodOf,
  type Situation,
} from '../accounts/contract.ts';
import type { AccountEvent } from '../accounts/events.ts';
import type { Share, Spell } from '../tariffs/contract.ts';
import type { RunBills } from './bills.ts';

/** Who corrects the split of bills when a unit changed hands: its corrections are told apart from people's by this. */
export const PAYER_CHANGED = 'system:payer-changed';

/** An account of the unit, with its journal. */
export interface UnitAccount {
  account: string;
  unit: string;
  party: string;
  building: string;
  events: readonly Envelope[];
}

/** A bill that runs have made of a unit, whoever paid it: its whole, and for which days it was for whom. */
export interface UnitBill {
  bill: string;
  run: string;
  grossFen: number;
  discountFen: number;
  spells: (Spell & { party: string })[];
  facts: BillFacts;
}

/** A second bill of one name on an account is called `<name>+2`, and so on. */
const baseOf = (bill: string): string => bill.replace(/\+\d+$/, '');

const charges = (events: readonly Envelope[]) =>
  (events as readonly Recorded<AccountEvent>[]).flatMap((event) => (event.name === 'account.charged' ? [event] : []));

/** Every bill that runs have made of the unit; what corrected them since is not among it. */
const billsOfUnit = (accounts: readonly UnitAccount[]): UnitBill[] => {
  const found = new Map<string, UnitBill>();
  for (const { party, events } of accounts) {
    for (const { data } of charges(events)) {
      if (data.run === undefined) continue;
      for (const facts of data.bills) {
        const { bill, fen, discountFen = 0 } = facts;
        const { from = firstDay(periodOf(bill)), to = lastDay(periodOf(bill)) } = facts;
        const known = found.get(bill) ?? { bill, run: data.run, grossFen: 0, discountFen: 0, spells: [], facts };
        found.set(bill, {
          ...known,
          grossFen: known.grossFen + fen + discountFen,
          discountFen: known.discountFen + discountFen,
          spells: [...known.spells, { from, to, party }],
        });
      }
    }
  }
  return [...found.values()];
};

/** Whether a bill begins before what is kept of the timeline: it is one of long ago, and stays as it is. */
const ofLongAgo = ({ spells }: UnitBill, [first]: readonly UnitPayer[]): boolean =>
  first?.cut === true && spells.some(({ from }) => from < (first.from ?? ''));

/** Whether everybody who was billed pays for all of those days by the timeline as it now is. */
const stillSo = ({ spells }: UnitBill, payers: readonly UnitPayer[]): boolean => {
  return spells.every(({ from, to, party }) => {
    const begins = [from, ...payers.flatMap((payer) => payer.from ?? []).filter((day) => day > from && day <= to)];
    return begins.every((day) => payerOn(payers, day) === party);
  });
};

/** Whether a change of payers has corrected a bill before: a sale that is put right, or taken back, corrects it anew. */
const correctedBefore = (accounts: readonly UnitAccount[], bill: string): boolean =>
  accounts.some(({ events }) =>
    (events as readonly Recorded<AccountEvent>[]).some((event) => {
      if (event.by !== PAYER_CHANGED) return false;
      if (event.name === 'account.adjusted') return baseOf(event.data.bill) === bill;
      return event.name === 'account.charged' && event.data.bills.some((one) => baseOf(one.bill) === bill);
    }),
  );

/** The bills of a unit that are to be shared anew. */
export const movedBills = (accounts: readonly UnitAccount[], payers: readonly UnitPayer[]): UnitBill[] =>
  billsOfUnit(accounts).filter(
    (of) => !ofLongAgo(of, payers) && (!stillSo(of, payers) || correctedBefore(accounts, of.bill)),
  );

/** What an account bears of a bill: what runs billed it, and what corrections of this kind have made of that. */
const borneFen = (events: readonly Envelope[], bill: string): number =>
  (events as readonly Recorded<AccountEvent>[]).reduce((sum, event) => {
    if (event.name === 'account.charged' && (event.data.run !== undefined || event.by === PAYER_CHANGED)) {
      return event.data.bills.reduce((fen, one) => (baseOf(one.bill) === bill ? fen + one.fen : fen), sum);
    }
    const corrected = event.name === 'account.adjusted' && event.by === PAYER_CHANGED;
    return corrected && baseOf(event.data.bill) === bill ? sum + event.data.fen : sum;
  }, 0);

const WORTH: readonly EntryKind[] = ['charge', 'discount', 'adjustment', 'waiver'];
/** What a bill has come to, paid or not. */
const worthFen = ({ entries }: Ledger, bill: string): number =>
  entries.reduce(
    (sum, { bill: of, part, kind, owedFen }) =>
      of === bill && part === 'principal' && WORTH.includes(kind) ? sum + owedFen : sum,
    0,
  );

/** What corrections have charged of a bill, as far as anything is left of it. */
export const shareCorrectionsOf = (events: readonly Envelope[], bill: string): BillFacts[] => {
  const ledger = ledgerOf(events);
  return charges(events)
    .filter(({ by }) => by === PAYER_CHANGED)
    .flatMap(({ data }) => data.bills.filter((one) => baseOf(one.bill) === bill && worthFen(ledger, one.bill) > 0));
};

/** Bills of this name that the account has, oldest first; a later one carries a number. */
const namesOn = (bills: ReadonlyMap<string, BillFacts>, bill: string): string[] =>
  [...bills.keys()].filter((name) => baseOf(name) === bill);

export interface ShareCorrection {
  of: UnitBill;
  /** What the account is to bear of it; absent: nothing. */
  share: Share | undefined;
  dueDay: string;
  words: PersonalRef;
}

/**
 * Brings what an account bears of a bill to what it should (pure): less is an adjustment, more a bill. It starts from the
 * journal as it is: done twice it is nothing, and it is done until it is nothing.
 */
export const correctShare = (
  on: Situation,
  { unit, party, building, events }: UnitAccount,
  { of, share, dueDay, words }: ShareCorrection,
): NewEvent<AccountEvent>[] => {
  const { bill, facts } = of;
  const ledger = ledgerOf(events);
  const change = (share?.fen ?? 0) - borneFen(events, bill);
  const names = namesOn(ledger.bills, bill);
  if (change === 0) return [];
  if (change > 0 && share) {
    const { from, to } = share;
    const { rate, quantityMicro, sharedMicro } = facts;
    const more: BillFacts = {
      bill: names.length === 0 ? bill : `${bill}+${names.length + 1}`,
      from,
      to,
      dueDay,
      fen: change,
      ...(rate === undefined ? {} : { rate }),
      ...(quantityMicro === undefined ? {} : { quantityMicro }),
      ...(sharedMicro === undefined ? {} : { sharedMicro }),
    };
    return said(charge(on, { unit, party, building, bills: [more] }));
  }
  // Of the latest first, as much as people's own corrections have left of it; called again, of those before it.
  const name = names.findLast((one) => worthFen(ledger, one) > 0);
  if (name === undefined) return [];
  return said(adjust(on, { bill: name, fen: -Math.min(-change, worthFen(ledger, name)), words }, ledger));
};

/**
 * What lies beside the ledger of a run after a correction: a notice speaks of what is owed, not of what was billed. A bill
 * of which nothing is left stays, for the run to know that it was made.
 * @param events the account's journal, the correction included
 */
export const corrected = (
  known: RunBills,
  { of, share }: Pick<ShareCorrection, 'of' | 'share'>,
  events: readonly Envelope[],
): RunBills => {
  const ledger = ledgerOf(events);
  const anew = ({ discountFen: _, ...facts }: BillFacts): BillFacts => ({
    ...facts,
    ...(share ? { from: share.from, to: share.to } : {}),
    fen: worthFen(ledger, of.bill),
  });
  const offset = ledger.offsets.filter(({ bill }) => bill === of.bill).map(({ at: _, ...one }) => one);
  return {
    ...known,
    bills: known.bills.map((one) => (one.bill === of.bill ? anew(one) : one)),
    offsets: [...known.offsets.filter(({ bill }) => bill !== of.bill), ...offset],
  };
};

/** @throws Refusal */
const said = (newEvents: NewEvent<AccountEvent>[] | Refusal): NewEvent<AccountEvent>[] => {
  if (newEvents instanceof Refusal) throw newEvents;
  return newEvents;
};

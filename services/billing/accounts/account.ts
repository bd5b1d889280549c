import type * as z from 'zod';
import type { PersonalRef } from '../../../shared/domain/events.ts';
import { PREFIX } from '../../../shared/domain/ids.ts';
import type { Obligation } from '../../../shared/domain/obligation.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import type { allocation, billFacts } from './events.ts';
import type { DunningChannel, DunningRung, HoldKind, PaymentMethod, StepAsks } from './terms.ts';

export type BillFacts = z.output<typeof billFacts>;
export type Allocation = z.output<typeof allocation>;

/** A bill of which something is open; a settled one leaves the head and stays in the journal. */
export interface OpenBill extends BillFacts {
  openFen: number;
  /** Late charge still open, and through which day it has accrued. */
  lateFen: number;
  lateThrough?: Day;
  /** Every late charge there ever was on it, paid or not: together never above the principal. */
  lateChargedFen?: number;
  /** From when its limitation counts anew: the last demand that provably arrived. */
  clock?: Day;
}
/** Rungs that were decided for debts of a due day: never again; and those that a hold stood in the way of. */
export interface Ladder {
  passed: DunningRung[];
  held: DunningRung[];
  /** The highest rung for which nobody woke up on its day, told as missed: it acts when steps are next decided. */
  missed?: { rung: DunningRung; on: Day };
}
/** A dunning step that isn't carried out yet. */
export interface DunningStep {
  dueDay: Day;
  rung: DunningRung;
  on: Day;
  due: Instant;
  channels: DunningChannel[];
  done: DunningChannel[];
  /** When the payer was called in vain since it was due, in which parts of the day, and whether a message was left. */
  calls: { calledAt: Instant; dayPart?: string | undefined; message: boolean }[];
  /** Why a person decides what is done, and which letter they may send all the same. */
  asks?: { why: StepAsks; message: DunningRung };
}
export interface Hold {
  kind: HoldKind;
  from: Day;
  until: Day;
  renewals: number;
  complaint?: string | undefined;
}
/** Something asked for that a second person decides on: who asked never does. */
export type SecondPersonRequest = { by: string } & (
  | { duty: 'waiver' | 'adjustment'; bill: string; fen: number }
  | { duty: 'refund'; fen: number; method: PaymentMethod }
  | { duty: 'hold'; kind: HoldKind; until: Day; renews?: string | undefined }
  | ({ duty: 'payment'; lateFen: number } & Omit<Paying, 'payment'>)
);
/** Money as it was entered. */
export interface Paying {
  payment: string;
  method: PaymentMethod;
  fen: number;
  /** Site-local day on which the money came; today when left out, never later. */
  paidOn?: Day | undefined;
  designated?: string[] | undefined;
  reference?: PersonalRef | undefined;
}

/** One payer of one unit (缴费账户): a ledger in which entries are only added, and the ladder of its arrears. */
export interface Account {
  unit: string;
  party: string;
  building: string;
  policy: number;
  closedOn?: Day;
  /** What is open, oldest due first. */
  debts: OpenBill[];
  /** Prepaid balance (fen). */
  creditFen: number;
  /** The bills it has had, newest last: each once. */
  billed: string[];
  /** How many events have moved money: what was read of the journal is as new as the head when both agree. */
  ledgerVersion: number;
  ladders: Record<Day, Ladder>;
  steps: DunningStep[];
  holds: Record<string, Hold>;
  /** Holds that people agreed to since anything was overdue, by kind: renewed or asked for anew, they are as many. */
  agreed?: Partial<Record<HoldKind, number>> | undefined;
  asked: Record<string, SecondPersonRequest>;
  /** Open complaints about the service to its unit that were judged valid. */
  complaints?: string[];
  /** Money that nobody has claimed (待认领) and that is probably this payer's. */
  unclaimed?: string[];
  mandate?: { token: string; bank: string };
  /** When its facts last changed, or a step was decided: all that had fallen due by then is decided. */
  seen: Instant;
  /** When it wakes up next besides for what is owed. */
  wake?: Instant | undefined;
  owed: Obligation[];
}

/** The account's id follows from the unit and who pays for it: opening it twice opens one. */
export const accountId = (unit: string, party: string): string =>
  `acc_${unit.slice(unit.indexOf('_') + 1)}-${party.slice(party.indexOf('_') + 1)}`;

/** The party that an account was opened for. */
export const partyOf = (account: string): string => `${PREFIX.party}_${account.slice(account.indexOf('-') + 1)}`;

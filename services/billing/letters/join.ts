import type { NewEvent } from '../../../shared/domain/events.ts';
import { endOfDay, localDay } from '../../../shared/time/clock.ts';
import { REQUEUE } from './decide.ts';
import { oweDelivery } from './duties.ts';
import type { LetterEvent } from './events.ts';
import { linesOf } from './fold.ts';
import type { Letter, LetterAccount } from './letter.ts';
import type { Moment } from './mail/sending.ts';
import { LETTER_KINDS, type LetterKind, type LetterPart, MANDATORY, type PaperReason } from './terms.ts';

/** Something that has to go out to a payer. */
export interface LetterRequest {
  kind: LetterKind;
  party: string;
  /** Of a fee notice: its bill run. */
  run?: string | undefined;
  part: LetterPart;
  accounts: LetterAccount[];
}

/** A letter is bounded by what an event may hold; a payer of more units gets several. */
export const LINES_MOST = 400;

const sameStep = (a: { dueDay: string; rung: string; on: string }) => (b: typeof a) =>
  a.dueDay === b.dueDay && a.rung === b.rung && a.on === b.on;

/** Of what is wanted, what a letter doesn't have yet. */
export const missing = (state: Letter, accounts: readonly LetterAccount[]): LetterAccount[] =>
  accounts.filter(({ account, steps = [], bills = [] }) => {
    const known = !state.parted && state.accounts.find((one) => one.account === account);
    return (
      !known ||
      steps.some((step) => !known.steps.some(sameStep(step))) ||
      bills.some(({ bill }) => !known.bills.includes(bill))
    );
  });

const highest = (a: LetterKind, b: LetterKind): LetterKind =>
  LETTER_KINDS.indexOf(a) > LETTER_KINDS.indexOf(b) ? a : b;

/** How many of the accounts fit beside so many lines; one account always fits a letter of its own. */
const fitting = (accounts: readonly LetterAccount[], lines: number): LetterAccount[] => {
  let sum = lines;
  const end = accounts.findIndex((account, i) => {
    sum += linesOf([account]);
    return sum > LINES_MOST && (lines > 0 || i > 0);
  });
  return end === -1 ? [...accounts] : accounts.slice(0, end);
};

export interface Joined {
  events: NewEvent<LetterEvent>[];
  /** What this letter didn't take: for the next of its occasion. */
  left: LetterAccount[];
}

/**
 * What is wanted of a payer's letter for an occasion: it opens it, or joins one that isn't out yet. What is in it already
 * is in it once. A letter that is out, or full, takes nothing more: the next one does.
 * @param why it goes on paper at once
 */
export const join = (
  { state, now, context }: Moment,
  { kind, party, run, part, accounts }: LetterRequest,
  { ordinal, why }: { ordinal: number; why?: PaperReason | undefined },
): Joined => {
  const wanted = state ? missing(state, accounts) : accounts;
  if (wanted.length === 0) return { events: [], left: [] };
  const open = !state || state.status === 'queued' || state.status === 'to-print';
  const taken = open ? fitting(wanted, state?.lines ?? 0) : [];
  const left = wanted.slice(taken.length);
  if (taken.length === 0) return { events: [], left };
  if (state) {
    const higher = highest(state.kind, kind);
    const data = { kind: higher, mandatory: MANDATORY.includes(higher), accounts: taken };
    return { events: [{ name: 'letter.added', data }], left };
  }
  const due = endOfDay(now, context.zone);
  const paper = part === 'letter' || why !== undefined;
  const data = {
    kind,
    party,
    day: localDay(now, context.zone),
    ordinal,
    ...(run === undefined ? {} : { run }),
    part,
    channel: paper ? ('paper' as const) : ('email' as const),
    ...(why === undefined ? {} : { why }),
    mandatory: MANDATORY.includes(kind),
    accounts: taken,
    policy: context.version,
    due,
    ...(paper ? {} : { wake: now + REQUEUE }),
    opens: [oweDelivery(now, due, context)],
  };
  return { events: [{ name: 'letter.opened', data }], left };
};

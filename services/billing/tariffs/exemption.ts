import type { NewEvent, PersonalRef, Recorded } from '../../../shared/domain/events.ts';
import { type Obligation, open, tookRung } from '../../../shared/domain/obligation.ts';
import { invalid, notFound, type Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { AggregateType, Current, Published } from '../../../shared/journal/aggregate.ts';
import type { Situation as On } from '../../../shared/journal/command.ts';
import { decision } from '../../../shared/journal/decision.ts';
import { newSignIn, notSecond } from '../../../shared/people/second-person.ts';
import { addDays, type Day, HOUR, type Instant, localDay } from '../../../shared/time/clock.ts';
import { addMonths } from '../accounts/contract.ts';
import { exemptionEvents } from './events.ts';
import { EXEMPTION_MONTHS_MAX, type EXEMPTION_STATES } from './terms.ts';

export type ExemptionEvent = (typeof exemptionEvents)[number];

/** How much less of an item a unit pays, from one day to another (both included). */
export interface Discount {
  unit: string;
  item: string;
  /** Of what it would pay. */
  percent?: number | undefined;
  /** A month. */
  fen?: number | undefined;
  from: Day;
  to: Day;
}

/** A discount (减免) that was asked for by one person and is decided on by another: a negative line of bills. */
export interface Exemption extends Discount {
  /** Who paid for the unit when it was asked for: whom its words are about. */
  party?: string | undefined;
  askedBy: string;
  status: (typeof EXEMPTION_STATES)[number];
  policy: number;
  owed: Obligation[];
}

const fold = (state: Exemption | undefined, event: Recorded<ExemptionEvent>): Exemption => {
  if (event.name === 'exemption.asked') {
    const { words: _, opens = [], ...asked } = event.data;
    return { ...asked, askedBy: event.by, status: 'asked', owed: opens };
  }
  if (!state) throw new Error(`${event.id} stands before it was asked for`);
  switch (event.name) {
    case 'exemption.approved':
      return { ...state, status: 'approved', owed: [] };
    case 'exemption.refused':
      return { ...state, status: 'refused', owed: [] };
    case 'exemption.ended':
      return { ...state, status: 'ended', to: event.data.to };
    default:
      return { ...state, owed: tookRung(state.owed, event.data) };
  }
};

export const exemptionType: AggregateType<Exemption, ExemptionEvent> = {
  type: 'exemption',
  keeps: 'books',
  ids: 'exemption',
  events: exemptionEvents,
  most: {},
  fold,
  finished: ({ status }) => status !== 'asked',
};

/** Discounts that are in force lie together, for a run to read them at once. */
export const exemptionKey = (site: string, unit: string, exemption: string) => ({
  pk: `${site}#exempt`,
  sk: `${unit}#${exemption}`,
});

/** What a run reads: every discount that was agreed to, until its last day. */
export const publishExemption = ({ site, id, state }: Current<Exemption>): Published => {
  if (state?.status !== 'approved' && state?.status !== 'ended') return { put: [], remove: [] };
  const { unit, item, percent, fen, from, to } = state;
  const key = exemptionKey(site, unit, id);
  return to < from ? { put: [], remove: [key] } : { put: [{ ...key, unit, item, percent, fen, from, to }], remove: [] };
};

type Situation = On<Exemption>;
type NewEvents = NewEvent<ExemptionEvent>[] | Refusal;

/** How far back a discount may begin. */
const MONTHS_BACK = 12;

export const askExemption = (
  on: Situation,
  { words, ...wanted }: Discount & { party?: string | undefined; words: PersonalRef },
): NewEvents => {
  const { state, now, context } = on;
  if (state) return [];
  const today = localDay(now, context.zone);
  const { from, to } = wanted;
  const earliest = addMonths(today, -MONTHS_BACK);
  const latest = addDays(addMonths(from, EXEMPTION_MONTHS_MAX), -1);
  if (from < earliest) return invalid({ field: 'body.from', rule: 'field.not-before', details: { first: earliest } });
  if (from > addMonths(today, MONTHS_BACK))
    return invalid({ field: 'body.from', rule: 'field.within-months', details: { months: MONTHS_BACK } });
  if (to < from) return invalid({ field: 'body.to', rule: 'field.not-before-from' });
  if (to > latest)
    return invalid({
      field: 'body.to',
      rule: 'field.within-months-until',
      details: { months: EXEMPTION_MONTHS_MAX, last: latest },
    });
  const owes = open({
    duty: 'approve',
    position: { role: 'centre-manager' },
    since: now,
    due: now + context.policy.approveHours * HOUR,
    ladder: [[0, 'site-director']],
  });
  return (
    newSignIn(on) ?? [{ name: 'exemption.asked', data: { ...wanted, words, policy: context.version, opens: [owes] } }]
  );
};

const isSecond = (on: Situation, { askedBy: by, owed }: Exemption, since?: Instant): Refusal | undefined =>
  notSecond(on, { by, at: owed.find(({ duty }) => duty === 'approve')?.since ?? on.now }, since);

/** Who asked never decides. @param since of who asked, where their sign-in was changed: then it can only be refused */
export const decideExemption = decision(
  (on: Situation): Exemption | Refusal => {
    const { state } = on;
    if (!state) return notFound('exemption');
    if (state.status !== 'asked') return refuse('exemption.decided');
    return isSecond(on, state) ?? state;
  },
  (
    on,
    state,
    { agree, words, since }: { agree: boolean; words: PersonalRef; since?: Instant | undefined },
  ): NewEvents => {
    if (!agree) return [{ name: 'exemption.refused', data: { words } }];
    return isSecond(on, state, since) ?? [{ name: 'exemption.approved', data: { askedBy: state.askedBy, words } }];
  },
);

const inForce = ({ state }: Situation): Exemption | Refusal => {
  if (!state) return notFound('exemption');
  return state.status === 'approved' || state.status === 'ended' ? state : refuse('exemption.not-in-force');
};

/** It ends earlier; what is billed already stays as it was. */
export const endExemption = decision(inForce, (_, state, { to, words }: { to: Day; words: PersonalRef }): NewEvents => {
  if (to >= state.to) return invalid({ field: 'body.to', rule: 'field.before', details: { last: state.to } });
  const never = addDays(state.from, -1);
  return [{ name: 'exemption.ended', data: { to: to < never ? never : to, words } }];
});

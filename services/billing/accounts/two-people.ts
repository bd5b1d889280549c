import type { NewEvent, PersonalRef } from '../../../shared/domain/events.ts';
import { open } from '../../../shared/domain/obligation.ts';
import { invalid, notFound, refuse } from '../../../shared/domain/refusal.ts';
import { newSignIn, notSecond } from '../../../shared/people/second-person.ts';
import { addDays, type Day, HOUR, type Instant, localDay } from '../../../shared/time/clock.ts';
import type { Account, SecondPersonRequest } from './account.ts';
import { done, type NewEvents, type Situation, waivable } from './decide.ts';
import type { AccountEvent } from './events.ts';
import { type HoldKind, PAUSES_MOST } from './terms.ts';

/** What somebody asks for waits for a second person; asking is what makes that owed. */
export const oweDecision = ({ now, context }: Situation, duty: SecondPersonRequest['duty'], of: string) =>
  open({
    duty,
    of,
    position: { role: duty === 'hold' ? 'supervisor' : 'centre-manager' },
    since: now,
    due: now + context.policy.approveHours * HOUR,
    ladder: [[0, duty === 'hold' ? 'centre-manager' : 'site-director']],
  });

/** What is asked for, by whoever may begin what takes two. */
export const askedFor = (on: Situation, newEvents: NewEvent<AccountEvent>[]): NewEvents =>
  newSignIn(on) ?? done(on, newEvents);

export const askWaiver = (
  on: Situation,
  { waiver, bill, fen, words }: { waiver: string; bill: string; fen: number; words: PersonalRef },
): NewEvents => {
  if (!on.state) return notFound('account');
  const debt = on.state.debts.find((one) => one.bill === bill);
  if (!debt) return refuse('account.not-open', { bill });
  if (fen > debt.openFen + debt.lateFen) return refuse('account.more-than-open', { fen: debt.openFen + debt.lateFen });
  return askedFor(on, [
    { name: 'account.waiver-asked', data: { waiver, bill, fen, words, opens: [oweDecision(on, 'waiver', waiver)] } },
  ]);
};

/** What a second person says to what another asked for. */
export interface Decided {
  agree: boolean;
  words: PersonalRef;
  /** Since when the sign-in of who asked is theirs, where it was changed. */
  since?: Instant | undefined;
}

/** Who asked never decides; what was asked for by who signs in as another since can only be refused. */
export const asked = <D extends SecondPersonRequest['duty']>(
  on: Situation,
  duty: D,
  id: string,
  { agree, since }: Decided,
) => {
  const { state } = on;
  const found = state?.asked[id];
  if (found?.duty !== duty) return notFound(id);
  const at = state?.owed.find((one) => one.duty === duty && one.of === id)?.since ?? on.now;
  return notSecond(on, { by: found.by, at }, agree ? since : undefined) ?? (found as SecondPersonRequest & { duty: D });
};

export const decideWaiver = (on: Situation, { waiver, ...decided }: { waiver: string } & Decided): NewEvents => {
  const { agree, words } = decided;
  const found = asked(on, 'waiver', waiver, decided);
  if (found instanceof Error) return found;
  if (!agree) return done(on, [{ name: 'account.waiver-refused', data: { waiver, words } }]);
  const { bill, fen, by } = found;
  const allocations = waivable(on.state as Account, bill, fen);
  return done(on, [{ name: 'account.waived', data: { waiver, bill, allocations, askedBy: by } }]);
};

export interface HoldWanted {
  hold: string;
  kind: HoldKind;
  /** The last day of it. */
  until: Day;
  renews?: string | undefined;
  words: PersonalRef;
}

export const askHold = (on: Situation, { hold, kind, until, renews, words }: HoldWanted): NewEvents => {
  const { state, now, context } = on;
  if (!state) return notFound('account');
  const { holdDays, holdRenewals } = context.policy;
  const today = localDay(now, context.zone);
  if (state.debts.length === 0) return refuse('account.nothing-open');
  if (until < today) return invalid({ field: 'body.until', rule: 'field.not-past' });
  if (until > addDays(today, holdDays))
    return invalid({ field: 'body.until', rule: 'field.within-days', details: { days: holdDays } });
  if (renews !== undefined && !state.holds[renews]) return notFound(renews);
  if ((state.agreed?.[kind] ?? 0) > holdRenewals) return refuse('account.renewed-enough', { times: holdRenewals });
  return askedFor(on, [
    {
      name: 'account.hold-asked',
      data: {
        hold,
        kind,
        until,
        ...(renews === undefined ? {} : { renews }),
        words,
        opens: [oweDecision(on, 'hold', hold)],
      },
    },
  ]);
};

/** A step that asks a person what to do is answered by a hold: it waits with it. What was under way is carried out. */
const heldSteps = (state: Account | undefined) => {
  const steps = (state?.steps ?? []).filter(({ asks }) => asks).map(({ dueDay, rung, on }) => ({ dueDay, rung, on }));
  return steps.length > 0 ? { steps } : {};
};

export const decideHold = (on: Situation, { hold, ...decided }: { hold: string } & Decided): NewEvents => {
  const { agree, words } = decided;
  const found = asked(on, 'hold', hold, decided);
  if (found instanceof Error) return found;
  if (!agree) return done(on, [{ name: 'account.hold-refused', data: { hold, words } }]);
  const { kind, until, renews } = found;
  const today = localDay(on.now, on.context.zone);
  const before = renews === undefined ? undefined : on.state?.holds[renews];
  const renewals = on.state?.agreed?.[kind] ?? 0;
  const { holdRenewals } = on.context.policy;
  if (until < today) return refuse('account.hold-over', { until });
  if (renewals > holdRenewals) return refuse('account.renewed-enough', { times: holdRenewals });
  const data = {
    hold,
    kind,
    from: before?.from ?? today,
    until,
    renewals,
    ...(before && renews ? { renews } : {}),
    ...heldSteps(on.state),
  };
  return done(on, [{ name: 'account.held', data }]);
};

/** A complaint about the fee is open: dunning waits for it. If the service was poor, it is put right first. */
export const holdForComplaint = (on: Situation, hold: string, complaint: string): NewEvents => {
  const { state, now, context } = on;
  if (!state || state.debts.length === 0 || state.holds[hold]) return [];
  if (Object.keys(state.holds).length >= PAUSES_MOST) return [];
  const from = localDay(now, context.zone);
  const until = addDays(from, context.policy.holdDays);
  return done(on, [
    { name: 'account.held', data: { hold, kind: 'dispute', from, until, renewals: 0, complaint, ...heldSteps(state) } },
  ]);
};

/** A complaint about the service was judged valid: its letters ask a person first. */
export const serviceComplained = (on: Situation, complaint: string): NewEvents =>
  !on.state || on.state.complaints?.includes(complaint) || (on.state.complaints ?? []).length >= PAUSES_MOST
    ? []
    : done(on, [{ name: 'account.service-complained', data: { complaint } }]);

/** That complaint is closed. */
export const serviceSettled = (on: Situation, complaint: string): NewEvents =>
  on.state?.complaints?.includes(complaint) ? done(on, [{ name: 'account.service-settled', data: { complaint } }]) : [];

export const release = (
  on: Situation,
  hold: string,
  why: Extract<NewEvent<AccountEvent>, { name: 'account.released' }>['data']['why'],
): NewEvents => {
  if (!on.state) return notFound('account');
  const found = on.state.holds[hold];
  if (!found) return why === 'complaint-closed' ? [] : notFound(hold);
  return done(on, [{ name: 'account.released', data: { hold, kind: found.kind, why } }]);
};

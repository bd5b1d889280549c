import type { NewEvent, PersonalRef } from '../../../shared/domain/events.ts';
import { open } from '../../../shared/domain/obligation.ts';
import { invalid, notFound, Refusal, refuse, refuseForNow } from '../../../shared/domain/refusal.ts';
import { decision, oneOf } from '../../../shared/journal/decision.ts';
import { newSignIn, notSecond } from '../../../shared/people/second-person.ts';
import { addDays, type Day, HOUR, type Instant, localDay } from '../../../shared/time/clock.ts';
import type { Account, SecondPersonRequest } from './account.ts';
import { done, existing, type NewEvents, type Situation, waivable } from './decide.ts';
import type { AccountEvent } from './events.ts';
import { HOLD_KINDS, type HoldKind, PAUSES_MOST } from './terms.ts';

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

/** What waits for a second person: nobody fills somebody's desk, nor an account's head. It comes right once some are decided. */
export const tooMany = (open: number, { policy }: Pick<Situation['context'], 'policy'>): Refusal | undefined =>
  open > policy.openRequestsMost ? refuseForNow('account.requests-most', { most: policy.openRequestsMost }) : undefined;

/** What is asked for, by whoever may begin what takes two. */
export const askedFor = (on: Situation, newEvents: NewEvent<AccountEvent>[]): NewEvents =>
  newSignIn(on) ?? done(on, newEvents);

/** Something is open, and whoever asks may begin what takes two. */
const askable =
  (refused: (on: Situation) => Refusal | undefined = () => undefined) =>
  (on: Situation): Account | Refusal => {
    const state = existing(on);
    if (state instanceof Refusal) return state;
    if (state.debts.length === 0) return refuse('account.nothing-open');
    return refused(on) ?? newSignIn(on) ?? tooMany(Object.keys(state.asked).length + 1, on.context) ?? state;
  };

export const askWaiver = decision(
  askable(),
  (
    on,
    state,
    { waiver, bill, fen, words }: { waiver: string; bill: string; fen: number; words: PersonalRef },
  ): NewEvents => {
    const debt = state.debts.find((one) => one.bill === bill);
    if (!debt) return refuse('account.not-open', { bill });
    const openFen = debt.openFen + debt.lateFen;
    if (fen > openFen) return refuse('account.more-than-open', { fen: openFen });
    return done(on, [
      { name: 'account.waiver-asked', data: { waiver, bill, fen, words, opens: [oweDecision(on, 'waiver', waiver)] } },
    ]);
  },
);

/** What a second person says to what another asked for. */
export interface Decided {
  agree: boolean;
  words: PersonalRef;
  /** Since when the sign-in of who asked is theirs, where it was changed. */
  since?: Instant | undefined;
}

type Duty = SecondPersonRequest['duty'];
type Asked<D extends Duty> = SecondPersonRequest & { duty: D };

/** Who asked never decides; what was asked for by who signs in as another since can only be refused. */
const asked = <D extends Duty>(
  on: Situation,
  duty: D,
  id: string,
  { agree, since }: Pick<Decided, 'agree' | 'since'>,
): Asked<D> | Refusal => {
  const { state } = on;
  const found = state?.asked[id];
  if (found?.duty !== duty) return notFound(id);
  const at = state?.owed.find((one) => one.duty === duty && one.of === id)?.since ?? on.now;
  return notSecond(on, { by: found.by, at }, agree ? since : undefined) ?? (found as Asked<D>);
};

/**
 * A decision on one of the things that others asked for, named by what they are. It is open where one waits that it would be taken for
 * from whoever acts: anything can be refused.
 */
export const decisionOn = <D extends Duty, A extends unknown[]>(
  duty: D,
  decide: (on: Situation, found: Asked<D>, said: Record<D, string> & Decided, ...known: A) => NewEvents,
) =>
  Object.assign(
    (on: Situation, said: Record<D, string> & Decided, ...known: A): NewEvents => {
      const found = asked(on, duty, said[duty], said);
      return found instanceof Refusal ? found : decide(on, found, said, ...known);
    },
    {
      may: (on: Situation): Refusal | undefined => {
        const waiting = Object.entries(on.state?.asked ?? {}).flatMap(([id, one]) => (one.duty === duty ? [id] : []));
        return oneOf(waiting.length > 0 ? waiting : [duty], (id) => {
          const found = asked(on, duty, id, { agree: false });
          return found instanceof Refusal ? found : undefined;
        });
      },
    },
  );

export const decideWaiver = decisionOn('waiver', (on, { bill, fen, by }, { waiver, agree, words }) => {
  if (!agree) return done(on, [{ name: 'account.waiver-refused', data: { waiver, words } }]);
  const allocations = waivable(on.state as Account, bill, fen);
  return done(on, [{ name: 'account.waived', data: { waiver, bill, allocations, askedBy: by } }]);
});

export interface HoldWanted {
  hold: string;
  kind: HoldKind;
  /** The last day of it. */
  until: Day;
  renews?: string | undefined;
  words: PersonalRef;
}

/** Agreed to, or renewed, as often as the policy allows. */
const renewedEnough = ({ state, context }: Situation, kind: HoldKind): Refusal | undefined => {
  const { holdRenewals } = context.policy;
  return (state?.agreed?.[kind] ?? 0) > holdRenewals
    ? refuse('account.renewed-enough', { times: holdRenewals })
    : undefined;
};
const pausable = askable((on) => oneOf(HOLD_KINDS, (kind) => renewedEnough(on, kind)));

export const askHold = decision(pausable, (on, state, { hold, kind, until, renews, words }: HoldWanted): NewEvents => {
  const { now, context } = on;
  const { holdDays } = context.policy;
  const today = localDay(now, context.zone);
  if (until < today) return invalid({ field: 'body.until', rule: 'field.not-past' });
  if (until > addDays(today, holdDays))
    return invalid({ field: 'body.until', rule: 'field.within-days', details: { days: holdDays } });
  if (renews !== undefined && !state.holds[renews]) return notFound(renews);
  const refused = renewedEnough(on, kind);
  if (refused) return refused;
  const renewed = renews === undefined ? {} : { renews };
  const opens = [oweDecision(on, 'hold', hold)];
  return done(on, [{ name: 'account.hold-asked', data: { hold, kind, until, ...renewed, words, opens } }]);
});

/** A step that asks a person what to do is answered by a hold: it waits with it. What was under way is carried out. */
const heldSteps = (state: Account | undefined) => {
  const steps = (state?.steps ?? []).filter(({ asks }) => asks).map(({ dueDay, rung, on }) => ({ dueDay, rung, on }));
  return steps.length > 0 ? { steps } : {};
};

export const decideHold = decisionOn('hold', (on, { kind, until, renews }, { hold, agree, words }) => {
  if (!agree) return done(on, [{ name: 'account.hold-refused', data: { hold, words } }]);
  const today = localDay(on.now, on.context.zone);
  const before = renews === undefined ? undefined : on.state?.holds[renews];
  const renewals = on.state?.agreed?.[kind] ?? 0;
  if (until < today) return refuse('account.hold-over', { until });
  const refused = renewedEnough(on, kind);
  if (refused) return refused;
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
});

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

/** A hold is withdrawn, of those that there are. */
export const endHold = decision(
  (on: Situation) => {
    const state = existing(on);
    return state instanceof Refusal || Object.keys(state.holds).length > 0 ? state : notFound('hold');
  },
  (on, _, hold: string): NewEvents => release(on, hold, 'withdrawn'),
);

import { type Day, endOfDay, HOUR, localDay, startOfDay } from '../../../shared/clock.ts';
import type { Situation as On } from '../../../shared/command.ts';
import type { Happening, PersonalRef } from '../../../shared/events.ts';
import { guard } from '../../../shared/machine.ts';
import { type Obligation, open } from '../../../shared/obligation.ts';
import type { Ground } from '../../../shared/policy.ts';
import { FINANCE } from '../../../shared/posts.ts';
import { invalid, notFound, Refusal, refuse } from '../../../shared/refusal.ts';
import type { Method } from '../accounts/terms.ts';
import { workingDaysAfter } from '../statements/decide.ts';
import { type CashDay, isSigned, TRANSITIONS } from './cash-day.ts';
import type { CashDayEvent } from './events.ts';
import { type DayFigures, isUnderWay, unexplained } from './figures.ts';

export type Situation = On<CashDay>;
type Events = Happening<CashDayEvent>[];

/** Finance has a day closed by 24:00 of so many working days after it, or after it changed. */
export const oweClose = (day: Day, now: number, { zone, policy }: Ground): Obligation => {
  const today = localDay(now, zone);
  const from = day > today ? day : today;
  return open({
    duty: 'close',
    post: { role: 'department-head', department: FINANCE },
    since: now,
    due: endOfDay(startOfDay(workingDaysAfter(from, policy.closeCashDays, zone), zone), zone),
    ladder: [
      [0, 'centre-manager'],
      [policy.escalateManagerHours * HOUR, 'site-director'],
    ],
  });
};

const oweCountersign = (now: number, { policy }: Ground): Obligation =>
  open({
    duty: 'countersign',
    post: { role: 'centre-manager' },
    since: now,
    due: now + policy.approveHours * HOUR,
    ladder: [[0, 'site-director']],
  });

/** Money moved on a day: once it is owed; what was signed and is different now is owed anew. */
export const moved = (
  state: CashDay | undefined,
  { day, seal }: { day: Day; seal: string | undefined },
  now: number,
  ground: Ground,
): Events => {
  if (!state)
    return [{ name: 'cashday.opened', data: { day, policy: ground.version, opens: [oweClose(day, now, ground)] } }];
  const { signed, changed } = state;
  if (!isSigned(state) || changed || !signed || seal === undefined || seal === signed.seal) return [];
  return [{ name: 'cashday.changed', data: { seal, opens: [oweClose(day, now, ground)] } }];
};

const otherSeal = (): Refusal => new Refusal('conflict', 'cashday.moved');

export interface Closing {
  day: Day;
  /** The day as it is now. */
  figures: DayFigures;
  /** What whoever signs has seen of it. */
  seal: string;
  countedFen: number;
  explanations: readonly { method: Method; words: PersonalRef }[];
}

/**
 * Whoever closes signs what they have seen: where the day has become another meanwhile, they look again. A day that is
 * signed is closed anew where something has changed since; otherwise a mistake is reopened first. Receipts that are being
 * written would change it in a moment, and two people would sign again for nothing.
 */
export const close = (on: Situation, { day, figures, seal, countedFen, explanations }: Closing): Events | Refusal => {
  const { state, now, ground } = on;
  if (day > localDay(now, ground.zone)) return invalid({ field: 'path.day', rule: 'field.not-future' });
  if (seal !== figures.seal) return otherSeal();
  const closed = state && guard(TRANSITIONS, 'close', state.status, 'cashday.closed');
  if (state && closed) {
    if (!state.changed && state.signed?.seal === seal) return closed;
    const refused = guard(TRANSITIONS, 'close-anew', state.status, 'cashday.closed');
    if (refused) return refused;
  }
  if (isUnderWay(figures.methods)) return refuse('cashday.being-booked');
  const said = explanations.map(({ method }) => method);
  const missing = unexplained(figures.methods, countedFen).filter((method) => !said.includes(method));
  if (missing.length > 0) {
    return invalid(
      ...missing.map((method) => ({
        field: 'body.explanations',
        rule: 'field.explain-channel' as const,
        details: { method },
      })),
    );
  }
  const data = {
    day,
    seal,
    methods: figures.methods,
    countedFen,
    explained: said,
    explanations: explanations.map(({ words }) => words),
    policy: ground.version,
    opens: [oweCountersign(now, ground)],
  };
  return [{ name: 'cashday.closed', data }];
};

/** The second signature: by another person than the first, of what was signed, while that is still the day. */
export const countersign = (
  { state, actor }: Situation,
  { day, seal, figures }: { day: Day; seal: string; figures: DayFigures },
): Events | Refusal => {
  if (!state?.signed) return notFound(day);
  const refused = guard(TRANSITIONS, 'countersign', state.status, 'cashday.not-closed');
  if (refused) return refused;
  if (state.signed.by === actor.staff) return refuse('cashday.second-person');
  if (seal !== state.signed.seal || seal !== figures.seal) return otherSeal();
  return [{ name: 'cashday.countersigned', data: { seal } }];
};

export const reopen = ({ state, now, ground }: Situation, words: PersonalRef): Events | Refusal => {
  if (!state) return notFound('cash-day');
  const refused = guard(TRANSITIONS, 'reopen', state.status, 'cashday.not-signed');
  return refused ?? [{ name: 'cashday.reopened', data: { words, opens: [oweClose(state.day, now, ground)] } }];
};

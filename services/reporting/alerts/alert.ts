import { createHash } from 'node:crypto';
import type { Recorded } from '../../../shared/domain/events.ts';
import { PREFIX } from '../../../shared/domain/ids.ts';
import type { Transitions } from '../../../shared/domain/machine.ts';
import { type Obligation, tookRung } from '../../../shared/domain/obligation.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import type { Day, Instant } from '../../../shared/time/clock.ts';
import { type Month, monthOf } from '../../../shared/time/month.ts';
import {
  type AlertEvent,
  type AlertRule,
  alertEvents,
  type alertRaised,
  RULES,
  SUBJECTS,
  type Subject,
} from './events.ts';

export type Status = 'raised' | 'acknowledged';
export const TRANSITIONS: Transitions<Status, 'acknowledge'> = {
  acknowledge: { from: ['raised'], to: ['acknowledged'] },
};

/** What was seen when it was raised; what has come since stands in the watch and in the figures. */
export type AlertSeen = Omit<Recorded<typeof alertRaised>['data'], 'opens'>;

export interface Alert extends AlertSeen {
  status: Status;
  raisedAt: Instant;
  acknowledgedAt?: Instant;
  acknowledgedBy?: string;
  /** Nobody had acknowledged it when it was due. */
  late?: true;
  owed: Obligation[];
}

/** What an alert is about: there is one of each. */
export interface About {
  rule: AlertRule;
  day: Day;
  of: Subject;
  value: string;
}

/** A building is named by people, so its id is a hash of its name. */
const nameOf = ({ of, value }: Pick<About, 'of' | 'value'>): string =>
  of === 'building' ? createHash('sha256').update(value).digest('hex').slice(0, 16) : value.toLowerCase();

/** In the order of days. */
export const alertId = ({ rule, day, ...what }: About): string =>
  `${PREFIX.alert}_${day}-${rule}-${what.of}-${nameOf(what)}`;
/** Some of what an alert is about. */
export type Sought = { [K in Exclude<keyof About, 'day'>]?: About[K] | undefined };
/** Whether an alert is about that, told by its id alone: nothing else has to be read of those that are not. */
export const isAbout = (id: string, { rule, of, value }: Sought): boolean => {
  const rest = id.slice(`${PREFIX.alert}_YYYY-MM-DD-`.length);
  return RULES.filter((one) => rule === undefined || one === rule).some((one) =>
    SUBJECTS.filter((subject) => of === undefined || subject === of).some((subject) => {
      const start = `${one}-${subject}-`;
      return value === undefined ? rest.startsWith(start) : rest === `${start}${nameOf({ of: subject, value })}`;
    }),
  );
};

/** Between which ids the alerts of a span of days lie, as text. */
export const idsOf = (from: Day, to: Day): [from: string, to: string] => [
  `${PREFIX.alert}_${from}`,
  `${PREFIX.alert}_${to}~`,
];

const fold = (state: Alert | undefined, event: Recorded<AlertEvent>): Alert => {
  if (event.name === 'alert.raised') {
    const { opens, ...data } = event.data;
    return { ...data, status: 'raised', raisedAt: event.at, owed: opens };
  }
  if (!state) throw new Error(`${event.id} stands before the alert was raised`);
  if (event.name === 'alert.acknowledged') {
    return { ...state, status: 'acknowledged', acknowledgedAt: event.at, acknowledgedBy: event.by, owed: [] };
  }
  const owed = tookRung(state.owed, event.data);
  return event.name === 'alert.missed' ? { ...state, late: true, owed } : { ...state, owed };
};

export const COUNTED = ['raised', 'acknowledged', 'late'] as const;
/** How a site's alerts of a month are counted, by rule: kept in step by every write that changes it. */
export const countsKey = (site: string, month: Month) => ({ pk: `${site}#alerts`, sk: month });

export const alertType: AggregateType<Alert, AlertEvent> = {
  type: 'alert',
  ids: 'alert',
  events: alertEvents,
  most: { complaints: 200, departments: 50 },
  fold,
  finished: ({ status }) => status === 'acknowledged',
  counted: ({ rule, day, status, late }, { site }) => ({
    key: countsKey(site, monthOf(day)),
    counts: {
      [`${rule}.raised`]: 1,
      [`${rule}.acknowledged`]: status === 'acknowledged' ? 1 : 0,
      [`${rule}.late`]: late ? 1 : 0,
    },
  }),
};

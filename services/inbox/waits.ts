import type { Called, EventDef, Recorded } from '../../shared/domain/events.ts';
import type { Obligation } from '../../shared/domain/obligation.ts';
import { type Caller, DECIDERS } from '../../shared/people/positions.ts';
import type { Instant } from '../../shared/time/clock.ts';
import {
  accountAdjusted,
  accountAdjustmentAsked,
  accountAdjustmentRefused,
  accountHeld,
  accountHoldAsked,
  accountHoldRefused,
  accountPaid,
  accountPaymentAsked,
  accountPaymentRefused,
  accountRefundAsked,
  accountRefunded,
  accountRefundRefused,
  accountWaived,
  accountWaiverAsked,
  accountWaiverRefused,
  cashDayChanged,
  cashDayClosed,
  cashDayCountersigned,
  cashDayReopenAsked,
  cashDayReopened,
  cashDayReopenRefused,
  exemptionApproved,
  exemptionAsked,
  exemptionRefused,
} from '../billing/events.ts';
import { complaintAssigned, complaintDoubted, complaintFoundNotValid } from '../complaints/events.ts';
import { staffSignInAsked, staffSignInChanged, staffSignInRefused } from '../registry/events.ts';
import { erasureAsked, erasureConfirmed, erasureRefused, erasureReplayed } from '../rights/events.ts';
import type { Notification } from './notification.ts';

/** Every event by which something begins or ends to wait for a second person, besides a complaint's that is sent on. */
export const waitEvents = [
  accountWaiverAsked,
  accountWaived,
  accountWaiverRefused,
  accountAdjustmentAsked,
  accountAdjusted,
  accountAdjustmentRefused,
  accountRefundAsked,
  accountRefunded,
  accountRefundRefused,
  accountPaymentAsked,
  accountPaid,
  accountPaymentRefused,
  accountHoldAsked,
  accountHeld,
  accountHoldRefused,
  exemptionAsked,
  exemptionApproved,
  exemptionRefused,
  cashDayClosed,
  cashDayCountersigned,
  cashDayChanged,
  cashDayReopenAsked,
  cashDayReopened,
  cashDayReopenRefused,
  complaintDoubted,
  complaintFoundNotValid,
  erasureAsked,
  erasureConfirmed,
  erasureRefused,
  erasureReplayed,
  staffSignInAsked,
  staffSignInChanged,
  staffSignInRefused,
] as const;
/** What one person does alone, or money comes of it by itself, waits for nobody. */
export const waitHaving = {
  'account.adjusted': 'askedBy',
  'account.refunded': 'askedBy',
  'account.paid': 'askedBy',
} as const;
type WaitEvent = Recorded<(typeof waitEvents)[number] | typeof complaintAssigned>;

/** What waits for a second person: which duty of which kind of case, who may decide, and which events begin and end it. */
interface Kind {
  type: string;
  duty: string;
  /** As the route that decides says it (`test/checks/second-person.test.ts`). */
  who: readonly Caller[];
  asked: string;
  ended: readonly string[];
  /** The field that says which, where a case may have several. */
  of?: string;
}
const ofAccount = (duty: string, ended: string, who: readonly Caller[] = DECIDERS): Kind => ({
  type: 'account',
  duty,
  who,
  asked: `account.${duty}-asked`,
  ended: [`account.${ended}`, `account.${duty}-refused`],
  of: duty,
});
export const WAITS: readonly Kind[] = [
  ofAccount('waiver', 'waived'),
  ofAccount('adjustment', 'adjusted'),
  ofAccount('refund', 'refunded'),
  ofAccount('payment', 'paid'),
  ofAccount('hold', 'held', ['supervisor', ...DECIDERS]),
  {
    type: 'exemption',
    duty: 'approve',
    who: DECIDERS,
    asked: 'exemption.asked',
    ended: ['exemption.approved', 'exemption.refused'],
  },
  {
    type: 'cashday',
    duty: 'countersign',
    who: ['finance-head', ...DECIDERS],
    asked: 'cashday.closed',
    ended: ['cashday.countersigned', 'cashday.changed', 'cashday.reopened'],
  },
  {
    type: 'cashday',
    duty: 'reopen',
    who: DECIDERS,
    asked: 'cashday.reopen-asked',
    ended: ['cashday.reopened', 'cashday.reopen-refused', 'cashday.closed'],
  },
  {
    type: 'complaint',
    duty: 'second-look',
    who: ['supervisor', 'centre-manager', 'site-director', 'quality-manager', 'group-manager'],
    asked: 'complaint.doubted',
    ended: ['complaint.found-not-valid', 'complaint.assigned'],
  },
  {
    type: 'erasure',
    duty: 'erase',
    who: ['centre-manager', 'site-director', 'administrator'],
    asked: 'erasure.asked',
    ended: ['erasure.confirmed', 'erasure.refused', 'erasure.replayed'],
  },
  {
    type: 'staff',
    duty: 'sign-in-asked',
    who: ['administrator'],
    asked: 'staff.sign-in-asked',
    ended: ['staff.sign-in-changed', 'staff.sign-in-refused'],
  },
];

/** Something that waits, or waited, for a second person. */
export interface Wait extends Called {
  site: string;
  type: string;
  about: string;
  duty: string;
  /** Which one, where the case may have several. */
  of: string;
  /** The event's version: what is heard late changes nothing. */
  version: number;
  waits: boolean;
  who: readonly Caller[];
  by: string;
  /** Whom it is about besides: whoever of the position isn't this one decides. */
  accused?: string | undefined;
  at: Instant;
  due?: Instant | undefined;
  /** Where those it concerns hold positions, for what belongs to no site. */
  sites: string[];
}

/** Whether an event ended what waits: a complaint is also assigned without that anybody had doubted it. */
const isEnd = (event: WaitEvent, name: string): boolean =>
  event.name === name && (event.name !== 'complaint.assigned' || event.data.doubtedBy !== undefined);

/** What begins or ends to wait by an event. */
export const waitsOf = (event: WaitEvent): Wait[] =>
  WAITS.flatMap(({ type, duty, who, asked, ended, of }) => {
    const waits = event.name === asked;
    if (!waits && !ended.some((name) => isEnd(event, name))) return [];
    const {
      opens = [],
      grants = [],
      accused,
      ...data
    } = event.data as {
      opens?: Obligation[];
      accused?: string;
      grants?: { site: string }[];
    } & Record<string, unknown>;
    const { site, aggregate: about, version, by, at } = event;
    const sites = site === '*' ? [...new Set(grants.map((grant) => grant.site))] : [site];
    const owed = opens.find((one) => one.duty === duty);
    const { due } = owed ?? {};
    // What the group's manager may decide is what was lifted to them, and owed by them (`isLiftedTo`).
    const able = who.filter((role) => role !== 'group-manager' || owed?.position.role === role);
    const which = of === undefined ? '' : String(data[of]);
    const known = { ...(due === undefined ? {} : { due }), ...(typeof accused === 'string' ? { accused } : {}) };
    return [
      { site, type, about, duty, of: which, version, waits, who: able, by, at, sites, ...event.called, ...known },
    ];
  });

export const isWaitEvent = <E extends Recorded<EventDef>>(event: E): event is E & WaitEvent =>
  event.name === complaintAssigned.name || waitEvents.some(({ name }) => name === event.name);

/** Whom it is said to that something waits, but who asked: whoever owes the decision; of sign-ins `staff-notifications.ts` tells. */
export const heardOfWait = (event: WaitEvent): Notification[] =>
  waitsOf(event)
    .filter(({ waits, type }) => waits && type !== 'staff')
    .flatMap(({ site, type, about, duty, due, by, accused, at }) => {
      const { opens = [] } = event.data as { opens?: Obligation[] };
      const owed = opens.find((one) => one.duty === duty);
      const not = [by, ...(accused === undefined ? [] : [accused])];
      return owed
        ? [{ said: { site, type, about, at, kind: 'second', duty, due, by, ...event.called }, to: owed.position, not }]
        : [];
    });

/** The partitions it lies in: its site's, and the group's, which whoever has a position for the whole group reads. */
export const partitionsOf = ({ site }: Pick<Wait, 'site'>): string[] => [...new Set([site, '*'])];

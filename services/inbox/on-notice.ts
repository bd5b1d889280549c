import { consumerFor } from '../../shared/lambda/bus.ts';
import { log } from '../../shared/lambda/log.ts';
import type { Holder } from '../../shared/people/access.ts';
import type { Position } from '../../shared/people/positions.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { type Notice, noticeId, type SitePosition } from './notice.ts';
import type { Notification } from './notification.ts';
import {
  mailStateOf,
  type Noticed,
  noticed,
  noticedHaving,
  notificationsFor,
  sitePositionsFor,
} from './notifications.ts';
import type { Enqueue } from './queue.ts';
import { isOfStaff } from './staff-notifications.ts';
import { type Inbox, noticeKey } from './store.ts';
import { isWaitEvent, waitsOf } from './waits.ts';
import type { Waits } from './waits-store.ts';

/** Who holds a position today. */
export type Roster = (site: string, position: Position) => Promise<Holder[]>;

export interface NoticeDeps {
  inbox: Inbox;
  waits: Waits;
  roster: Roster;
  enqueue: Enqueue;
  clock: Clock;
}

/**
 * In: something reminded, missed, escalated, marked important, recorded in somebody's name, a sign-in or a position, an alert, work handed to another desk, or what waits for a second person. Out: an inbox entry
 * for each holder of each position that hears of it, then a message to the mailer where an email is due. Entries first, messages
 * after: a crash in between repeats the event, and what is already there stays as it is.
 */
export const onNotice = consumerFor<NoticeDeps>()({
  name: 'inbox-on-notice',
  events: noticed,
  having: noticedHaving,
  async handle(event, { inbox, waits, roster, enqueue, clock }) {
    if (isWaitEvent(event)) for (const wait of waitsOf(event)) await waits.note(wait);
    // Positions change: told again, it would reach whoever was entered since.
    const idempotencyKey = isOfStaff(event);
    if (idempotencyKey && (await inbox.isTold(event.id))) return;
    const each = new Map<string, Notice>();
    for (const call of notificationsFor(event)) {
      const { sitePosition, people } = await hearers(roster, call);
      for (const holder of people) {
        if (holder.staff === call.except || each.has(holder.staff)) continue;
        each.set(holder.staff, noticeFor(event, call, sitePosition, holder));
      }
    }
    const notices = [...each.values()];
    const arrived = clock();
    await Promise.all(notices.map((notice) => inbox.put(notice, arrived)));
    await enqueue(notices.filter(({ mail }) => mail === 'due').map(noticeKey));
    if (idempotencyKey) await inbox.markTold(event.id);
  },
});

type Hearer = Pick<Holder, 'staff' | 'department' | 'email'>;

/** Whoever sits in the first position of the line that isn't vacant. @throws Error when all are */
const hearers = async (
  roster: Roster,
  { said, to, only, own, alone, mayBeNobody, not = [] }: Notification,
): Promise<{ sitePosition: SitePosition; people: Hearer[] }> => {
  if (own !== undefined) return { sitePosition: { site: said.site, role: to.role }, people: [{ staff: own }] };
  const sitePositions = sitePositionsFor(said.site, to);
  for (const sitePosition of alone ? sitePositions.slice(0, 2) : sitePositions) {
    const people = (await roster(sitePosition.site, sitePosition)).filter(({ staff }) => !not.includes(staff));
    const claimer = people.filter(({ staff }) => staff === only);
    if (claimer.length > 0) return { sitePosition, people: claimer };
    if (people.length > 0 && !(alone && only)) return { sitePosition, people };
    if (!alone && !mayBeNobody) log('HY-MAI-3', { site: sitePosition.site, role: sitePosition.role });
  }
  const [first] = sitePositions;
  if ((alone || mayBeNobody) && first) return { sitePosition: first, people: [] };
  throw new Error(`nobody at ${said.site} hears of ${said.about}`);
};

const noticeFor = (
  event: Noticed,
  { said, to, not, own, idempotencyKey = event }: Notification,
  sitePosition: SitePosition,
  holder: Hearer,
): Notice => ({
  ...said,
  ...(own === undefined ? {} : { own: true }),
  id: noticeId(idempotencyKey, holder.staff),
  staff: holder.staff,
  sitePosition: { ...sitePosition, department: holder.department },
  vacant: sitePosition.role === to.role || not ? undefined : to,
  mail: own === undefined ? mailStateOf(said.kind, sitePosition, holder) : 'due',
});

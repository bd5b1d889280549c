import { consumerFor } from '../../shared/lambda/bus.ts';
import { log } from '../../shared/lambda/log.ts';
import type { Holder } from '../../shared/people/access.ts';
import type { Post } from '../../shared/people/posts.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Call } from './call.ts';
import { callsOf, mailStateOf, type Noticed, noticed, noticedHaving, seatsFor } from './heard.ts';
import { isOfStaff } from './heard-staff.ts';
import { type Notice, noticeId, type Seat } from './notice.ts';
import type { Enqueue } from './queue.ts';
import { type Inbox, noticeKey } from './store.ts';
import { isWaitEvent, waitsOf } from './waits.ts';
import type { Waits } from './waits-store.ts';

/** Who holds a seat today. */
export type Roster = (site: string, post: Post) => Promise<Holder[]>;

export interface NoticeDeps {
  inbox: Inbox;
  waits: Waits;
  roster: Roster;
  enqueue: Enqueue;
  clock: Clock;
}

/**
 * In: something reminded, missed, escalated, marked important, recorded in somebody's name, a sign-in or a post, an alert, work handed to another desk, or what waits for a second person. Out: an inbox entry
 * for each holder of each post that hears of it, then a message to the mailer where an email is due. Entries first, messages
 * after: a crash in between repeats the event, and what is already there stays as it is.
 */
export const onNotice = consumerFor<NoticeDeps>()({
  name: 'inbox-on-notice',
  events: noticed,
  having: noticedHaving,
  async handle(event, { inbox, waits, roster, enqueue, clock }) {
    if (isWaitEvent(event)) for (const wait of waitsOf(event)) await waits.note(wait);
    // Posts change: told again, it would reach whoever was entered since.
    const once = isOfStaff(event);
    if (once && (await inbox.isTold(event.id))) return;
    const each = new Map<string, Notice>();
    for (const call of callsOf(event)) {
      const { seat, people } = await hearers(roster, call);
      for (const holder of people) {
        if (holder.staff === call.except || each.has(holder.staff)) continue;
        each.set(holder.staff, noticeFor(event, call, seat, holder));
      }
    }
    const notices = [...each.values()];
    const arrived = clock();
    await Promise.all(notices.map((notice) => inbox.put(notice, arrived)));
    await enqueue(notices.filter(({ mail }) => mail === 'due').map(noticeKey));
    if (once) await inbox.markTold(event.id);
  },
});

type Hearer = Pick<Holder, 'staff' | 'department' | 'email'>;

/** Whoever sits in the first seat of the post's line that isn't vacant. @throws Error when all are */
const hearers = async (
  roster: Roster,
  { said, to, only, own, alone, mayBeNobody, not = [] }: Call,
): Promise<{ seat: Seat; people: Hearer[] }> => {
  if (own !== undefined) return { seat: { site: said.site, role: to.role }, people: [{ staff: own }] };
  const seats = seatsFor(said.site, to);
  for (const seat of alone ? seats.slice(0, 2) : seats) {
    const people = (await roster(seat.site, seat)).filter(({ staff }) => !not.includes(staff));
    const claimer = people.filter(({ staff }) => staff === only);
    if (claimer.length > 0) return { seat, people: claimer };
    if (people.length > 0 && !(alone && only)) return { seat, people };
    if (!alone && !mayBeNobody) log('HY-MAI-3', { site: seat.site, role: seat.role });
  }
  const [first] = seats;
  if ((alone || mayBeNobody) && first) return { seat: first, people: [] };
  throw new Error(`nobody at ${said.site} hears of ${said.about}`);
};

const noticeFor = (event: Noticed, { said, to, not, own, once = event }: Call, seat: Seat, holder: Hearer): Notice => ({
  ...said,
  ...(own === undefined ? {} : { own: true }),
  id: noticeId(once, holder.staff),
  staff: holder.staff,
  seat: { ...seat, department: holder.department },
  vacant: seat.role === to.role || not ? undefined : to,
  mail: own === undefined ? mailStateOf(said.kind, seat, holder) : 'due',
});

import * as fc from 'fast-check';
import { derivedId } from '../../../shared/domain/ids.ts';
import { HOUR, type Instant, localDay, MINUTE, SECOND } from '../../../shared/time/clock.ts';
import { type Month, monthOf } from '../../../shared/time/month.ts';
import type { Seen } from '../figures/measures/measure.ts';

export const SITE = 'sit_lake';
export const ZONE = 'Asia/Shanghai';
/** 09:00 in Shanghai. */
export const NINE = Date.parse('2026-05-01T01:00:00Z');

const months = new Map<Instant, Month>();
/** In which month something happened. Kept, since laws ask it of each event for each month: of a calendar that takes long. */
export const monthIn = (at: Instant): Month => {
  const month = months.get(at) ?? monthOf(localDay(at, ZONE));
  months.set(at, month);
  return month;
};

/** A journal under the pen: numbers its events as a real one does. */
export const journalOf = (id: string, site = SITE) => {
  const events: Seen[] = [];
  return {
    id,
    events,
    add(name: Seen['name'], at: Instant, data: object = {}, by = 'stf_ann') {
      const version = events.length + 1;
      events.push({ id: `${id}.${version}`, name, site, aggregate: id, version, at, by, data } as Seen);
    },
  };
};
const owing = (duty: string, due: Instant) => ({ opens: [{ duty, due }] });

/** How a contact goes on; everything is by the policy's defaults. */
export interface Life {
  n: number;
  at: Instant;
  rings: number;
  fate: 'not-answered' | 'settled' | 'repair' | 'complaint' | 'not-valid';
  /** Minutes until the department accepted; absent when it hasn't. */
  accepted?: number | undefined;
  /** Minutes after which that was recorded; and as many after each reply. */
  recordedAfter?: number | undefined;
  kind: 'noise' | 'attitude' | 'shirking' | 'slowness';
  /** Upheld, against this contact; or attributed to none, because nobody knows who it was or Ben took none that day. */
  against?: number | 'nobody' | 'ben' | undefined;
  /** One result after the other; hours after the acceptance or the reopening, then after the resolution. */
  results: {
    resolved: number;
    tries: number;
    call?:
      | { after: number; rating?: number | undefined; ratedBy: 'agent' | 'owner' }
      | { waivedAfter: number }
      | undefined;
  }[];
  closed?: number | undefined;
  unit?: string | undefined;
  department?: 'engineering' | 'security' | undefined;
  /** Who took it, and calls back. */
  agent?: string | undefined;
  /** Replies promised for so many hours later, one after the other, and how many hours later they were given. */
  promises?: { due: number; kept?: number | undefined }[] | undefined;
}

export const contactId = (n: number) => `con_c${n}`;
const CLOSE_DUE = 72 * HOUR;

/** The journals of one life, as the services would have written them. */
export const journals = (life: Life): Seen[][] => {
  const contact = journalOf(contactId(life.n));
  contact.add('contact.received', life.at, { channel: 'call', receivedAt: life.at, policy: 0, opens: [] });
  if (life.fate === 'not-answered') {
    contact.add('contact.not-answered', life.at + MINUTE);
    return [contact.events];
  }
  const due = owing('hand-over', life.at + 15 * MINUTE);
  const takenBy = life.agent ?? 'stf_ann';
  contact.add('contact.answered', life.at, { answeredAt: life.at, takenBy, inTime: life.rings <= 3, ...due });
  promised(life, contact);
  if (life.fate === 'settled') {
    contact.add('contact.settled', life.at);
    return [contact.events];
  }
  contact.add('contact.routed', life.at, { as: life.fate === 'repair' ? 'repair' : 'complaint', opens: [] });
  if (life.fate !== 'repair') return [contact.events, ...complaintJournals(life, contact.id)];
  const acceptDue = life.at + HOUR;
  if (recordedAt(life) > 60) contact.add('contact.missed', acceptDue + SECOND, { duty: 'accept', due: acceptDue });
  if (life.accepted !== undefined)
    contact.add('contact.accepted', ...later(life, life.at + life.accepted * MINUTE, { acceptDue }));
  return [contact.events];
};

/** Minutes until it was recorded that it was accepted. */
const recordedAt = ({ accepted, recordedAfter = 0 }: Life): number => (accepted ?? 61) + recordedAfter;

/** When something is recorded, and what that says of when it happened. */
const later = ({ recordedAfter }: Life, happenedAt: Instant, data: object): [at: Instant, data: object] =>
  recordedAfter === undefined ? [happenedAt, data] : [happenedAt + recordedAfter * MINUTE, { ...data, happenedAt }];

/** Each promise is made when the one before was kept, or missed for good. */
const promised = (life: Life, contact: ReturnType<typeof journalOf>) => {
  const { at, promises = [], agent, recordedAfter = 0 } = life;
  let now = at;
  for (const [i, { due, kept }] of promises.entries()) {
    const [promise, replyBy] = [i + 1, now + due * HOUR];
    contact.add('contact.promised', now, { replyBy, promise, opens: [] }, agent);
    if (kept === undefined || kept * HOUR + recordedAfter * MINUTE > due * HOUR)
      contact.add('contact.missed', replyBy + SECOND, { duty: 'reply', of: String(promise), due: replyBy });
    if (kept === undefined) return;
    const [recorded, data] = later(life, now + kept * HOUR, { promise });
    contact.add('contact.replied', recorded, data);
    now = recorded;
  }
};

const complaintJournals = (life: Life, contact: string): Seen[][] => {
  const complaint = journalOf(derivedId('complaint', contact));
  let now = life.at;
  const { unit, department, agent } = life;
  const about = life.kind === 'noise' || life.against === 'nobody' ? undefined : { staff: 'stf_ben' };
  const said = { contact, kind: life.kind, unit, department, about, closeDue: now + CLOSE_DUE, opens: [] };
  complaint.add('complaint.registered', now, said);
  if (life.fate === 'not-valid') {
    complaint.add('complaint.doubted', now, { reason: 'no-fact', opens: [] });
    complaint.add('complaint.found-not-valid', now + HOUR, { contact, reason: 'no-fact' });
    return [complaint.events];
  }
  const acceptDue = now + HOUR;
  complaint.add('complaint.assigned', now, { department, ...owing('accept', acceptDue) });
  if (recordedAt(life) > 60) complaint.add('complaint.missed', acceptDue + SECOND, { duty: 'accept', due: acceptDue });
  if (life.accepted === undefined) return [complaint.events];
  now += life.accepted * MINUTE;
  const dues = [
    { duty: 'investigate', due: now + 4 * HOUR },
    { duty: 'resolve', due: now + 24 * HOUR },
  ];
  const [recorded, accepted] = later(life, now, { contact, department, acceptDue, opens: dues });
  complaint.add('complaint.accepted', recorded, accepted);
  now = recorded;
  complaint.add('complaint.investigated', now, { opens: [] });
  if (life.kind !== 'noise' && life.against !== undefined) {
    const { against, kind } = life;
    const whose = against === 'nobody' ? {} : { staff: 'stf_ben' };
    const at = typeof against === 'number' ? { contact: contactId(against) } : {};
    complaint.add('complaint.upheld', now, { ...at, ...whose, through: contact, kind });
  }
  const callbacks: Seen[][] = [];
  for (const [i, { resolved, tries, call }] of life.results.entries()) {
    now += resolved * HOUR;
    const ordinal = i + 1;
    complaint.add('complaint.resolved', now, { ordinal, department });
    const callback = journalOf(derivedId('callback', complaint.id, ordinal));
    const about = { complaint: complaint.id, ordinal, department, resolvedAt: now, due: now + 48 * HOUR };
    callback.add('callback.opened', now, { ...about, public: life.n % 11 === 0, opens: [] });
    if (tries > 0) callback.add('callback.claimed', now, {}, agent);
    for (let t = 0; t < tries; t++) {
      callback.add('callback.attempted', now + t * 6 * HOUR, { calledAt: now + t * 6 * HOUR, dayPart: `part ${t}` });
    }
    callbacks.push(callback.events);
    const after = call === undefined ? 100 : 'after' in call ? call.after : call.waivedAfter;
    if (after > 48)
      callback.add('callback.missed', about.due + SECOND, {
        duty: 'call',
        due: about.due,
        claimedBy: tries > 0 ? agent : undefined,
      });
    if (call === undefined) break;
    now += after * HOUR;
    if (!('after' in call)) {
      callback.add('callback.waived', now, { ...about, reason: 'owner-refused' });
      break;
    }
    const { rating, ratedBy } = call;
    const rated = rating === undefined ? {} : { rating, satisfied: rating >= 4, ratedBy };
    callback.add('callback.reached', now, { ...about, calledAt: now, ...rated, opens: [] }, agent);
    if (rating === undefined || rating > 2) {
      complaint.add('complaint.called-back', now, { ordinal });
      if (life.closed !== undefined) complaint.add('complaint.closed', now + life.closed * HOUR);
      break;
    }
    complaint.add('complaint.reopened', now, { ordinal, ...owing('close', now + CLOSE_DUE) });
  }
  return [complaint.events, ...callbacks];
};

/** A complaint that was called back and rated, unless it is said otherwise. */
export const life = (n: number, more: Partial<Life> = {}): Life => ({
  n,
  at: NINE,
  rings: n,
  fate: 'complaint',
  accepted: 0,
  kind: 'noise',
  results: [{ resolved: 1, tries: 0, call: { after: 40 + 4 * n, rating: 5, ratedBy: 'owner' } }],
  ...more,
});
/** Five complaints, called back 44 to 60 h after they were resolved: two in time. */
export const five = () => [1, 2, 3, 4, 5].flatMap((n) => journals(life(n)).flat());

const CASES = 6;
const call = fc.oneof(
  fc.record({
    after: fc.constantFrom(0, 20, 48, 49, 70),
    rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    ratedBy: fc.constantFrom('agent' as const, 'owner' as const),
  }),
  fc.record({ waivedAfter: fc.constantFrom(2, 50) }),
);

/** A few contacts of a few days, with whatever may come of them. */
export const lives: fc.Arbitrary<Life[]> = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 60 }).map((h) => NINE + h * HOUR),
      rings: fc.integer({ min: 1, max: 5 }),
      fate: fc.constantFrom('not-answered', 'settled', 'repair', 'complaint', 'complaint', 'complaint', 'not-valid'),
      accepted: fc.option(fc.constantFrom(0, 60, 61), { nil: undefined }),
      recordedAfter: fc.option(fc.constantFrom(1, 45, 180), { nil: undefined, freq: 2 }),
      kind: fc.constantFrom('noise', 'attitude', 'shirking', 'slowness'),
      against: fc.oneof(fc.nat(CASES - 1), fc.constantFrom(undefined, 'nobody', 'ben')),
      results: fc.array(
        fc.record({
          resolved: fc.nat(30),
          tries: fc.nat(4),
          call: fc.option(call, { nil: undefined }),
        }),
        { maxLength: 3 },
      ),
      closed: fc.option(fc.nat(80), { nil: undefined }),
      unit: fc.constantFrom('unt_1', 'unt_2', undefined),
      department: fc.constantFrom('engineering' as const, 'security' as const),
      agent: fc.constantFrom('stf_ann', 'stf_ben'),
      promises: fc.array(
        fc.record({ due: fc.integer({ min: 1, max: 30 }), kept: fc.option(fc.nat(40), { nil: undefined }) }),
        { maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: CASES },
  )
  .map((all) => all.map((life, n): Life => ({ ...life, n }) as Life));

/** Those journals' events mixed at random: each at least once, some twice or more. */
export const mixed = (events: readonly Seen[]): fc.Arbitrary<Seen[]> =>
  fc
    .array(fc.nat(Math.max(0, events.length - 1)), { maxLength: events.length })
    .chain((again) => {
      const all = [...events.keys(), ...again];
      return fc.shuffledSubarray(all, { minLength: all.length });
    })
    .map((order) => order.map((n) => events[n] as Seen));

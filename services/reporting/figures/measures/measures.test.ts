import { expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../../shared/time/clock.ts';
import { journalOf, journals, type Life, NINE, SITE, ZONE } from '../../testing/site.ts';
import { everyOutcome, mergeFacts } from '../row.ts';
import { project } from './index.ts';
import type { FigureId, Seen } from './measure.ts';

const standing = (events: readonly Seen[], measure: FigureId, id = 'c1') => {
  const cases = mergeFacts(
    SITE,
    events.flatMap((event) => project(event, ZONE)),
  );
  return [...cases.values()]
    .filter(({ key }) => key.root === id)
    .flatMap(everyOutcome)
    .filter((outcome) => outcome.measure === measure)
    .map(({ state, why, flag }) => [state, why, flag].filter(Boolean).join(' '));
};
const life = (more: Partial<Life>): Life => ({
  n: 1,
  at: NINE,
  rings: 3,
  fate: 'complaint',
  accepted: 60,
  kind: 'noise',
  results: [],
  ...more,
});
const of = (measure: FigureId, more: Partial<Life>) => standing(journals(life(more)).flat(), measure);
const resolved = (tries: number, call?: Life['results'][number]['call']) => ({
  results: [{ resolved: 5, tries, call }],
});
const reached = (after: number, rating?: number) => resolved(0, { after, rating, ratedBy: 'owner' });

test('Q1: a contact is courteous until a complaint about attitude is upheld against it', () => {
  expect(of('Q1', {})).toEqual(['met']);
  expect(of('Q1', { kind: 'attitude' })).toEqual(['met']);
  expect(of('Q1', { kind: 'attitude', against: 1 })).toEqual(['missed attitude-upheld']);
  expect(of('Q1', { kind: 'slowness', against: 1 })).toEqual(['met']);
  expect(of('Q1', { kind: 'attitude', against: 2 })).toEqual(['met']);
});

test('Q1: conduct of whom nobody knows, or who took no contact that day, counts where it was heard', () => {
  expect(of('Q1', { kind: 'attitude', against: 'nobody' })).toEqual(['missed attitude-upheld']);
  expect(of('Q1', { kind: 'attitude', against: 'ben' })).toEqual(['missed attitude-upheld']);
  expect(of('Q1', { kind: 'slowness', against: 'nobody' })).toEqual(['met']);
  expect(of('Q2', { kind: 'slowness', against: 'nobody' })).toEqual(['missed slowness-upheld']);
});

test('what the system hands on by itself was handled by nobody', () => {
  const contact = journalOf('con_c1');
  contact.add('contact.received', NINE, { receivedAt: NINE, opens: [] });
  contact.add('contact.answered', NINE, { answeredAt: NINE, takenBy: 'system:payer', inTime: true, opens: [] });
  contact.add('contact.routed', NINE, { as: 'enquiry', department: 'finance', opens: [] });
  expect([standing(contact.events, 'Q1'), standing(contact.events, 'Q2-desk')]).toEqual([[], ['met']]);
});

test('Q1: a missed call was not handled, so it is no case of courtesy', () => {
  expect(of('Q1', { fate: 'not-answered' })).toEqual([]);
});

test('Q2: both halves in time; the third ring still is, and so is the last minute of the acceptance', () => {
  expect(of('Q2', {})).toEqual(['met']);
  expect(of('Q2', { rings: 4 })).toEqual(['missed answered-late']);
  expect(of('Q2', { accepted: 61 })).toEqual(['missed accepted-late']);
  expect(of('Q2', { accepted: 61, fate: 'repair' })).toEqual(['missed accepted-late']);
  expect(of('Q2', { accepted: 60, fate: 'repair' })).toEqual(['met']);
});

test('Q2: what was recorded later is in time by when it happened, whatever the clock said meanwhile', () => {
  for (const fate of ['repair', 'complaint'] as const) {
    expect(of('Q2', { accepted: 60, recordedAfter: 60, fate })).toEqual(['met']);
    expect(of('Q2-department', { accepted: 60, recordedAfter: 60, fate })).toEqual(['met']);
    expect(of('Q2', { accepted: 61, recordedAfter: 60, fate })).toEqual(['missed accepted-late']);
    expect(of('recorded-later', { accepted: 60, fate })).toEqual(['missed']);
    expect(of('recorded-later', { accepted: 60, recordedAfter: 1, fate })).toEqual(['met']);
    expect(of('recorded-later', { accepted: undefined, fate })).toEqual([]);
  }
});

test('a promised reply is kept by when it was given, whenever that was recorded', () => {
  const promised = (kept?: number, recordedAfter?: number) =>
    of('promised', { promises: [{ due: 2, kept }], recordedAfter });
  expect([promised(2), promised(2, 90), promised(3, 90), promised()]).toEqual([
    ['met'],
    ['met'],
    ['missed not-kept-in-time'],
    ['missed not-kept-in-time'],
  ]);
});

test('a complaint is investigated and resolved by when it was; the callback is due from when that was recorded', () => {
  const complaint = journalOf('cmp_c1');
  const accepted = { contact: 'con_c1', acceptDue: NINE, department: 'engineering' };
  complaint.add('complaint.registered', NINE, { kind: 'noise', closeDue: NINE + 72 * HOUR, opens: [] });
  complaint.add('complaint.accepted', NINE + HOUR, {
    ...{ ...accepted, happenedAt: NINE },
    opens: [
      { duty: 'investigate', due: NINE + 4 * HOUR },
      { duty: 'resolve', due: NINE + 24 * HOUR },
    ],
  });
  complaint.add('complaint.missed', NINE + 4 * HOUR + SECOND, { duty: 'investigate', due: NINE + 4 * HOUR });
  complaint.add('complaint.investigated', NINE + 5 * HOUR, { happenedAt: NINE + 4 * HOUR, opens: [] });
  complaint.add('complaint.missed', NINE + 24 * HOUR + SECOND, { duty: 'resolve', due: NINE + 24 * HOUR });
  complaint.add('complaint.resolved', NINE + 30 * HOUR, { ordinal: 1, happenedAt: NINE + 24 * HOUR });
  const callback = journalOf('cbk_c1-1');
  const of = { complaint: 'cmp_c1', ordinal: 1, resolvedAt: NINE + 30 * HOUR, due: NINE + 78 * HOUR };
  callback.add('callback.opened', NINE + 30 * HOUR, { ...of, public: false, opens: [] });
  callback.add('callback.reached', of.due, { ...of, calledAt: of.due, opens: [] });
  const all = [...complaint.events, ...callback.events];
  expect([standing(all, 'investigated'), standing(all, 'resolved'), standing(all, 'Q3')]).toEqual([
    ['met'],
    ['met'],
    ['met'],
  ]);
});

test('Q2: each half stands on its own', () => {
  expect(of('Q2-desk', { accepted: 61 })).toEqual(['met']);
  expect(of('Q2-department', { rings: 4 })).toEqual(['met']);
});

test('Q2: a missed call is missed by the desk, and no department owes anything', () => {
  expect(of('Q2', { fate: 'not-answered' })).toEqual(['missed not-answered']);
  expect(of('Q2-department', { fate: 'not-answered' })).toEqual([]);
});

test('Q2: what is settled at once has no department half; what was found not valid has it excluded', () => {
  expect([of('Q2', { fate: 'settled' }), of('Q2-department', { fate: 'settled' })]).toEqual([['met'], []]);
  expect([of('Q2', { fate: 'not-valid' }), of('Q2-department', { fate: 'not-valid' })]).toEqual([
    ['met'],
    ['excluded not-valid'],
  ]);
});

test('Q2: shirking or slowness upheld makes the contact it was about missed, whatever its halves say', () => {
  expect(of('Q2', { kind: 'shirking', against: 1 })).toEqual(['missed shirking-upheld']);
  expect(of('Q2-desk', { kind: 'shirking', against: 1 })).toEqual(['met']);
});

test('Q2: a contact nobody has accepted yet is running; handing it on after its deadline does not save it', () => {
  const early = journals(life({ accepted: undefined }))
    .flat()
    .filter(({ name }) => name !== 'complaint.missed');
  expect(standing(early, 'Q2')).toEqual(['running']);
  const complaint = journalOf('cmp_c1');
  complaint.events.push(...early.filter(({ aggregate }) => aggregate === 'cmp_c1'));
  const handedOn = NINE + 2 * HOUR;
  complaint.add('complaint.assigned', handedOn, { opens: [{ duty: 'accept', due: handedOn + HOUR }] });
  complaint.add('complaint.accepted', handedOn, { acceptDue: handedOn + HOUR, opens: [] });
  const contact = early.filter(({ aggregate }) => aggregate === 'con_c1');
  expect(standing([...contact, ...complaint.events], 'Q2')).toEqual(['missed accepted-late']);
});

test('Q2: handed over after its minutes, or never, is late at the desk', () => {
  const contact = journalOf('con_c1');
  contact.add('contact.received', NINE, { receivedAt: NINE, opens: [] });
  contact.add('contact.answered', NINE, {
    answeredAt: NINE,
    takenBy: 'stf_ann',
    inTime: true,
    opens: [{ duty: 'hand-over', due: NINE + MINUTE }],
  });
  expect(standing(contact.events, 'Q2')).toEqual(['running']);
  const missedIt = journalOf('con_c1');
  missedIt.events.push(...contact.events);
  missedIt.add('contact.missed', NINE + MINUTE + SECOND, { duty: 'hand-over', due: NINE + MINUTE });
  expect(standing(missedIt.events, 'Q2')).toEqual(['missed handed-over-late']);
  contact.add('contact.settled', NINE + 2 * MINUTE);
  expect(standing(contact.events, 'Q2-desk')).toEqual(['missed handed-over-late']);
});

test('Q3: exactly 48 hours is within 48 hours', () => {
  expect([of('Q3', reached(48, 5)), of('Q3', reached(49, 5))]).toEqual([['met'], ['missed not-reached-in-time']]);
});

test('Q3: each resolution is a case of its own; a reopening leaves the first where it stands', () => {
  const again = { resolved: 5, tries: 0, call: { after: 1, rating: 1, ratedBy: 'owner' as const } };
  expect(of('Q3', { results: [again, { resolved: 1, tries: 0 }] })).toEqual(['met', 'missed not-reached-in-time']);
});

test('Q3: three attempts in different parts of the day count as attempted, shown apart, and still missed', () => {
  expect([of('Q3', resolved(2)), of('Q3', resolved(3))]).toEqual([
    ['missed not-reached-in-time'],
    ['missed not-reached-in-time attempted'],
  ]);
});

test('Q3: waived in time is outside, by its reason; waived afterwards it stays missed', () => {
  expect(of('Q3', resolved(0, { waivedAfter: 2 }))).toEqual(['excluded owner-refused']);
  expect(of('Q3', resolved(0, { waivedAfter: 50 }))).toEqual(['missed not-reached-in-time']);
  expect(of('reached', resolved(0, { waivedAfter: 2 }))).toEqual(['excluded owner-refused']);
});

test('Q3: where nobody can be reached the answer is public, outside the rate', () => {
  const events = journals(life({ n: 11, ...reached(70, 5) })).flat();
  expect(standing(events, 'Q3', 'c11')).toEqual(['excluded public']);
});

test('beside Q3: an owner reached too late is overdue, and yet reached', () => {
  expect([of('overdue', reached(70)), of('reached', reached(70))]).toEqual([['met'], ['met']]);
  expect([of('overdue', reached(48)), of('reached', resolved(0))]).toEqual([['missed'], ['missed']]);
});

test('Q4: 4 and 5 are satisfied; who gave no rating is no case of it, but of the share rated', () => {
  expect([3, 4, 5].map((rating) => of('Q4', reached(1, rating)))).toEqual([['missed not-satisfied'], ['met'], ['met']]);
  expect([of('Q4', reached(1)), of('rated', reached(1)), of('rated', reached(1, 3))]).toEqual([
    [],
    ['missed'],
    ['met'],
  ]);
});

test('closing rate: closed in the days it has; a reopening sets them anew; what nobody resolves is running', () => {
  expect(of('closing', { ...reached(1, 5), closed: 60 })).toEqual(['met']);
  expect(of('closing', { ...reached(1, 5), closed: 67 })).toEqual(['missed not-closed-in-time']);
  const twice = [1, 5].map((rating) => ({
    resolved: 20,
    tries: 0,
    call: { after: 20, rating, ratedBy: 'owner' as const },
  }));
  expect(of('closing', { results: twice, closed: 10 })).toEqual(['met']);
  expect(of('closing', {})).toEqual(['running']);
  expect(of('closing', { fate: 'not-valid' })).toEqual(['excluded not-valid']);
});

test('the shares: found not valid of all that were judged; attitude upheld of all that were made', () => {
  expect([of('not-valid', { fate: 'not-valid' }), of('not-valid', {})]).toEqual([['met'], ['missed']]);
  expect([of('attitude', { kind: 'attitude' }), of('attitude', { kind: 'attitude', against: 1 })]).toEqual([
    ['running'],
    ['met'],
  ]);
  expect([of('attitude', { kind: 'attitude', ...resolved(0) }), of('attitude', {})]).toEqual([['missed'], []]);
});

test("days are the site's own: what rings at 23:59 and is answered at 00:01 counts on two days", () => {
  const midnight = Date.parse('2026-05-01T16:00:00Z');
  const contact = journalOf('con_c1');
  contact.add('contact.received', midnight - MINUTE, { receivedAt: midnight - MINUTE, opens: [] });
  contact.add('contact.answered', midnight + MINUTE, {
    answeredAt: midnight + MINUTE,
    takenBy: 'stf_ann',
    inTime: true,
    opens: [],
  });
  const cases = mergeFacts(
    SITE,
    contact.events.flatMap((event) => project(event, ZONE)),
  );
  const days = [...cases.values()].flatMap(everyOutcome).map(({ measure, day }) => `${measure} ${day}`);
  expect(days).toEqual(['Q2 2026-05-01', 'Q2-desk 2026-05-01', 'hand-over 2026-05-01', 'Q1 2026-05-02']);
});

import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../../shared/time/clock.ts';
import { journalOf, NINE, SITE, ZONE } from '../../testing/site.ts';
import { caseOutcomesOf, mergeFacts, runningOf } from '../row.ts';
import { project } from './index.ts';
import type { Seen } from './measure.ts';

/** By when what still runs has to be done, as ms after nine, by measure. */
const ahead = (...events: readonly Seen[]) => {
  const learned = events.flatMap((event) => project(event, ZONE));
  const dues = [...mergeFacts(SITE, learned).values()].map((row) => runningOf(caseOutcomesOf(row))?.dues ?? {});
  return Object.fromEntries(dues.flatMap(Object.entries).map(([measure, due]) => [measure, (due as number) - NINE]));
};
const owes = (duty: string, due: number) => ({ opens: [{ duty, due: NINE + due }] });

test('Q2: a message has to be answered, then handed over, then accepted, each by its own deadline', () => {
  const contact = journalOf('con_c1');
  contact.add('contact.received', NINE, { receivedAt: NINE, ...owes('answer', 15 * MINUTE) });
  expect(ahead(...contact.events)).toEqual({ Q2: 15 * MINUTE, 'Q2-desk': 15 * MINUTE });
  contact.add('contact.answered', NINE, {
    answeredAt: NINE,
    takenBy: 'stf_ann',
    inTime: true,
    ...owes('hand-over', 20 * MINUTE),
  });
  expect(ahead(...contact.events)).toEqual({ Q2: 20 * MINUTE, 'Q2-desk': 20 * MINUTE });
  contact.add('contact.routed', NINE, { as: 'repair', ...owes('accept', HOUR) });
  expect(ahead(...contact.events)).toEqual({ Q2: HOUR, 'Q2-department': HOUR });
  contact.add('contact.accepted', NINE, { acceptDue: NINE + HOUR });
  expect(ahead(...contact.events)).toEqual({});
});

test('Q2 and closing: a complaint has no acceptance due before it is assigned; a reopening sets the closing anew', () => {
  const contact = journalOf('con_c1');
  contact.add('contact.received', NINE, { receivedAt: NINE, opens: [] });
  contact.add('contact.answered', NINE, { answeredAt: NINE, takenBy: 'stf_ann', inTime: true, opens: [] });
  contact.add('contact.routed', NINE, { as: 'complaint', opens: [] });
  const complaint = journalOf('cmp_c1');
  complaint.add('complaint.registered', NINE, { kind: 'noise', closeDue: NINE + 3 * DAY, opens: [] });
  const known = () => ahead(...contact.events, ...complaint.events);
  expect(known()).toEqual({ closing: 3 * DAY });
  complaint.add('complaint.assigned', NINE, { department: 'engineering', ...owes('accept', HOUR) });
  expect(known()).toEqual({ Q2: HOUR, 'Q2-department': HOUR, closing: 3 * DAY });
  complaint.add('complaint.accepted', NINE, { acceptDue: NINE + HOUR, opens: [] });
  complaint.add('complaint.reopened', NINE + DAY, { ordinal: 1, ...owes('close', 5 * DAY) });
  expect(known()).toEqual({ closing: 5 * DAY });
});

test('Q3: the owner has to be reached by the deadline; the shares beside it run without one', () => {
  const complaint = journalOf('cmp_c1');
  complaint.add('complaint.resolved', NINE, { ordinal: 1 });
  const callback = journalOf('cbk_c1-1');
  callback.add('callback.opened', NINE, { due: NINE + 2 * DAY, public: false, opens: [] });
  expect(ahead(...complaint.events, ...callback.events)).toEqual({ Q3: 2 * DAY });
  callback.add('callback.reached', NINE + DAY, { due: NINE + 2 * DAY, opens: [] });
  expect(ahead(...complaint.events, ...callback.events)).toEqual({});
});

test('Q5 and Q6: a step by 24:00 of its day; a letter, and anew after it bounced; a service, then its amount', () => {
  const account = journalOf('acc_1');
  const step = { dueDay: '2026-05-10', rung: 'reminder', on: '2026-05-17' };
  account.add('account.step-due', NINE, { ...step, due: NINE + 15 * HOUR });
  expect(ahead(...account.events)).toEqual({ Q5: 15 * HOUR, 'Q5-reminder': 15 * HOUR });
  const letter = journalOf('let_1');
  letter.add('letter.opened', NINE, { kind: 'demand', day: '2026-05-17', due: NINE + 15 * HOUR });
  expect(ahead(...letter.events)).toEqual({ Q6: 15 * HOUR, 'Q6-demand': 15 * HOUR });
  letter.add('letter.sent', NINE, { kind: 'demand', acceptedAt: NINE });
  letter.add('letter.bounced', NINE + DAY, { kind: 'demand' });
  letter.add('letter.moved-to-paper', NINE + DAY, { kind: 'demand', why: 'bounced', due: NINE + 2 * DAY });
  expect(ahead(...letter.events)).toEqual({ Q6: 2 * DAY, 'Q6-demand': 2 * DAY });
  const slip = journalOf('slp_1');
  slip.add('slip.opened', NINE, { appointedDay: '2026-05-17', ...owes('work', 15 * HOUR) });
  expect(ahead(...slip.events)).toEqual({ Q6: 15 * HOUR, 'Q6-slip': 15 * HOUR });
  slip.add('slip.done', NINE + HOUR, { amountDue: NINE + 2 * DAY });
  expect(ahead(...slip.events)).toEqual({ Q6: 2 * DAY, 'Q6-slip': 2 * DAY });
});

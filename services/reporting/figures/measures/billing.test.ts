import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, SECOND } from '../../../../shared/time/clock.ts';
import { journalOf, SITE, ZONE } from '../../testing/site.ts';
import { caseOutcomesOf, mergeFacts } from '../row.ts';
import { project } from './index.ts';
import type { MeasureId, Seen } from './measure.ts';

/** 24:00 of 11 November 2026 in Shanghai. */
const MIDNIGHT = Date.parse('2026-11-11T16:00:00Z');
const STEP = { dueDay: '2026-11-10', rung: 'friendly', on: '2026-11-11' };

const standing = (events: readonly Seen[], measure: MeasureId) =>
  [
    ...mergeFacts(
      SITE,
      events.flatMap((event) => project(event, ZONE)),
    ).values(),
  ]
    .flatMap(caseOutcomesOf)
    .filter((outcome) => outcome.measure === measure)
    .map(({ state, why, day }) => [state, why, day].filter(Boolean).join(' '));

type Entry = readonly [name: string, data: object, at?: number];
const journal = (id: string, told: readonly Entry[]): Seen[] => {
  const pen = journalOf(id);
  for (const [name, data, at = MIDNIGHT] of told) pen.add(name as Seen['name'], at, data);
  return pen.events;
};

describe('Q5, the dunning rate', () => {
  const due: Entry = ['account.step-due', { ...STEP, due: MIDNIGHT }];
  const done = (doneAt: number): Entry => ['account.step-done', { ...STEP, doneAt }];
  const late: Entry = ['account.missed', { duty: 'step', of: '2026-11-10/friendly/2026-11-11', due: MIDNIGHT }];
  const of = (...told: Entry[]) => standing(journal('acc_1-1', told), 'Q5');

  test('a step carried out by 24:00 of its day is met, a second later it is missed', () => {
    expect(of(due)).toEqual(['running 2026-11-11']);
    expect(of(due, done(MIDNIGHT))).toEqual(['met 2026-11-11']);
    expect(of(due, done(MIDNIGHT + SECOND))).toEqual(['missed late 2026-11-11']);
    expect(of(due, late)).toEqual(['missed not-carried-out 2026-11-11']);
  });

  test('paid on its day before it was carried out, it is met and says so; paid later, it was not carried out', () => {
    const settled = (doneAt: number): Entry => ['account.step-done', { ...STEP, doneAt, settled: true }];
    expect(of(due, settled(MIDNIGHT))).toEqual(['met settled 2026-11-11']);
    expect(of(due, late, settled(MIDNIGHT + SECOND))).toEqual(['missed not-carried-out 2026-11-11']);
  });

  test('proof of the day that arrives later counts for the day', () => {
    expect(of(due, late, done(MIDNIGHT - HOUR))).toEqual(['met 2026-11-11']);
  });

  test('what a gap swallowed is missed; what a hold stood in the way of stands apart', () => {
    expect(of(['account.step-superseded', { ...STEP, by: 'demand' }])).toEqual(['missed superseded 2026-11-11']);
    expect(of(['account.step-held', { ...STEP, kind: 'dispute' }])).toEqual(['excluded dispute 2026-11-11']);
  });

  test('a hold in place of a letter stands apart where it was agreed to on the day, and is late afterwards', () => {
    const held = (at: number): Entry => ['account.held', { kind: 'dispute', steps: [STEP] }, at];
    expect(of(due, held(MIDNIGHT))).toEqual(['excluded dispute 2026-11-11']);
    expect(of(held(MIDNIGHT), due)).toEqual(['excluded dispute 2026-11-11']);
    expect(of(due, held(MIDNIGHT + SECOND))).toEqual(['missed late 2026-11-11']);
  });

  test('a rung counts by itself as well, and other misses of an account are no steps', () => {
    expect(standing(journal('acc_1-1', [due, done(MIDNIGHT)]), 'Q5-friendly')).toEqual(['met 2026-11-11']);
    expect(of(['account.missed', { duty: 'collect', of: '2026-11-10', due: MIDNIGHT }])).toEqual([]);
  });
});

describe('Q6, the bill handling rate', () => {
  const opened: Entry = ['letter.opened', { kind: 'fee-notice', day: '2026-11-11', due: MIDNIGHT }];
  const sent: Entry = ['letter.sent', { kind: 'fee-notice', acceptedAt: MIDNIGHT - HOUR }];
  const bounced: Entry[] = [
    ['letter.bounced', { kind: 'fee-notice', hard: true }],
    ['letter.moved-to-paper', { kind: 'fee-notice', why: 'bounced', due: MIDNIGHT + DAY }],
  ];
  const handed = (at: number): Entry => ['letter.handed-over', { kind: 'fee-notice' }, at];
  const missed = (due: number): Entry => ['letter.missed', { duty: 'deliver', due }];
  const of = (...told: Entry[]) => standing(journal('let_1', told), 'Q6');

  test('sent, or printed and handed over, on its day', () => {
    expect(of(opened)).toEqual(['running 2026-11-11']);
    expect(of(opened, sent)).toEqual(['met 2026-11-11']);
    expect(of(opened, handed(MIDNIGHT))).toEqual(['met 2026-11-11']);
    expect(of(opened, handed(MIDNIGHT + SECOND))).toEqual(['missed late 2026-11-11']);
    expect(of(opened, missed(MIDNIGHT))).toEqual(['missed not-out 2026-11-11']);
  });

  test('withdrawn in time, because all it asks for was paid, it stands outside; a miss before stays one', () => {
    const withdrawn = (at: number): Entry => ['letter.withdrawn', { kind: 'fee-notice' }, at];
    expect(of(opened, withdrawn(MIDNIGHT))).toEqual(['excluded withdrawn 2026-11-11']);
    expect(of(withdrawn(MIDNIGHT), opened)).toEqual(['excluded withdrawn 2026-11-11']);
    expect(of(opened, missed(MIDNIGHT), withdrawn(MIDNIGHT + HOUR))).toEqual(['missed not-out 2026-11-11']);
    expect(of(opened, sent, ...bounced, withdrawn(MIDNIGHT + DAY))).toEqual(['excluded withdrawn 2026-11-11']);
  });

  test('come back for now and delivered all the same, it was sent; in whatever order', () => {
    const returned: Entry[] = [
      ['letter.bounced', { kind: 'fee-notice', hard: false }],
      ['letter.moved-to-paper', { kind: 'fee-notice', why: 'bounced', due: MIDNIGHT + DAY }],
    ];
    const delivered: Entry = ['letter.delivered', { kind: 'fee-notice', deliveredAt: MIDNIGHT, returned: true }];
    expect(of(opened, sent, ...returned)).toEqual(['running 2026-11-11']);
    expect(of(opened, sent, ...returned, delivered)).toEqual(['met 2026-11-11']);
    expect(of(delivered, ...returned, opened, sent)).toEqual(['met 2026-11-11']);
  });

  test('what arrived without having come back tells nothing new: no row is written for it', () => {
    const [arrived] = journal('let_1', [['letter.delivered', { kind: 'fee-notice', deliveredAt: MIDNIGHT }]]);
    expect(project(arrived as Seen, ZONE)).toEqual([]);
  });

  test('a bounce changes its channel, never its count: it has until the end of that day, by hand', () => {
    expect(of(opened, sent, ...bounced)).toEqual(['running 2026-11-11']);
    expect(of(opened, sent, ...bounced, handed(MIDNIGHT + DAY))).toEqual(['met 2026-11-11']);
    expect(of(opened, sent, ...bounced, handed(MIDNIGHT + DAY + SECOND))).toEqual(['missed late 2026-11-11']);
    expect(of(opened, sent, ...bounced, missed(MIDNIGHT + DAY))).toEqual(['missed not-out 2026-11-11']);
  });

  test('a friendly reminder is no document of Q6, until a second notice joins it', () => {
    const friendly: Entry = ['letter.opened', { kind: 'friendly', day: '2026-11-11', due: MIDNIGHT }];
    expect(of(friendly)).toEqual([]);
    expect(of(friendly, ['letter.added', { kind: 'second-notice' }])).toEqual(['running 2026-11-11']);
  });

  test('a letter tells nothing of Q6 while it is of a kind that Q6 does not count', () => {
    const events = journal('let_1', [
      ['letter.opened', { kind: 'reminder', day: '2026-11-11', due: MIDNIGHT }],
      ['letter.sent', { kind: 'reminder', acceptedAt: MIDNIGHT }],
    ]);
    expect(events.flatMap((event) => project(event, ZONE))).toHaveLength(1);
    expect(standing(events, 'Q6')).toEqual([]);
  });

  test('law: in whatever order and however often its events come, it stands where it stands', () => {
    const events = journal('let_1', [opened, sent, ...bounced, missed(MIDNIGHT + DAY), handed(MIDNIGHT + 2 * DAY)]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 20 }), (more) => {
        const order = [...more, ...events].sort((a, b) => ((a.version * 7919) % 11) - ((b.version * 7919) % 11));
        expect(standing(order, 'Q6')).toEqual(standing(events, 'Q6'));
      }),
    );
  });
});

describe('Q6, its paid services', () => {
  const opened: Entry = ['slip.opened', { appointedDay: '2026-11-11', opens: [{ duty: 'work', due: MIDNIGHT }] }];
  const done = (at: number): Entry => ['slip.done', { appointedDay: '2026-11-11', amountDue: MIDNIGHT + DAY }, at];
  const entered = (enteredAt: number): Entry => ['slip.amount-entered', { amountDue: MIDNIGHT + DAY, enteredAt }];
  const missed = (duty: string): Entry => ['slip.missed', { duty }];
  const of = (...told: Entry[]) => standing(journal('slp_1', told), 'Q6-slip');

  test('done on the appointed day, and the amount entered by its deadline', () => {
    expect(of(opened)).toEqual(['running 2026-11-11']);
    expect(of(opened, done(MIDNIGHT))).toEqual(['running 2026-11-11']);
    expect(of(opened, done(MIDNIGHT), entered(MIDNIGHT + DAY))).toEqual(['met 2026-11-11']);
    expect(of(opened, done(MIDNIGHT), entered(MIDNIGHT + DAY + SECOND))).toEqual(['missed amount-late 2026-11-11']);
    expect(of(opened, done(MIDNIGHT), missed('amount'))).toEqual(['missed amount-late 2026-11-11']);
    expect(standing(journal('slp_1', [opened, done(MIDNIGHT), entered(MIDNIGHT)]), 'Q6')).toEqual(['met 2026-11-11']);
  });

  test('what is not done on its day is missed, whenever its amount is entered', () => {
    const late = MIDNIGHT + SECOND;
    expect(of(opened, missed('work'))).toEqual(['missed not-done 2026-11-11']);
    expect(of(opened, done(late), entered(late))).toEqual(['missed not-done 2026-11-11']);
  });

  test('called off in time it is outside; called off when it was late already, it stays missed', () => {
    const cancelled = (at: number): Entry => ['slip.cancelled', { reason: 'owner' }, at];
    expect(of(opened, cancelled(MIDNIGHT))).toEqual(['excluded owner 2026-11-11']);
    expect(of(opened, cancelled(MIDNIGHT + SECOND))).toEqual(['missed not-done 2026-11-11']);
    expect(of(opened, missed('price'), missed('sign'))).toEqual(['running 2026-11-11']);
  });
});

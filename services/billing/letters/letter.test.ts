import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../shared/time/clock.ts';
import { attempt, giveUp, handOver, print, question, settle } from './decide.ts';
import { accepted, applyMailEvent, claim, lost, released } from './mail/sending.ts';
import { ADDRESS, dunned, letterInHand, MIDNIGHT, NINE, PROOF, told, WORDS } from './testing.ts';

const SENDING = { address: ADDRESS, contentHash: 'c' };
const TEN = NINE + HOUR;
const mailed = () => {
  const letter = letterInHand();
  letter.does(NINE + MINUTE, (on) => claim(on, SENDING));
  return letter;
};
const sent = () => {
  const letter = mailed();
  letter.does(NINE + MINUTE, (on) => accepted(on, { attempt: 1, messageId: 'm', acceptedAt: NINE + MINUTE }));
  return letter;
};

describe('what is owed of a letter', () => {
  test('it goes out by 24:00 of its day, then arrives within the policy’s days, then nothing', () => {
    const letter = letterInHand();
    expect(letter.owes).toEqual({ deliver: MIDNIGHT });
    letter.does(TEN, (on) => claim(on, SENDING));
    expect(letter.owes).toEqual({ deliver: MIDNIGHT });
    letter.does(TEN, (on) => accepted(on, { attempt: 1, messageId: 'm', acceptedAt: TEN }));
    expect(letter.owes).toEqual({ arrive: MIDNIGHT + 7 * DAY });
    letter.does(TEN + HOUR, (on) => applyMailEvent(on, told('delivered', TEN)));
    expect(letter.owes).toEqual({});
  });

  test('a demand left behind with proof, or taken by somebody else, still has to arrive', () => {
    const demand = () => letterInHand({ kind: 'demand', part: 'letter', accounts: [dunned('acc_1-1', 100, 'demand')] });
    const left = demand();
    left.does(TEN, (on) => attempt(on, { words: WORDS, proof: PROOF }));
    expect(left.owes).toEqual({ arrive: MIDNIGHT + 7 * DAY });
    left.does(TEN + DAY, (on) => handOver(on, { receivedBy: 'other', relation: WORDS }));
    expect(left.owes).toEqual({ arrive: MIDNIGHT + 7 * DAY });
    left.does(TEN + 9 * DAY, (on) => giveUp(on, WORDS));
    expect(left.owes).toEqual({});
    const taken = demand();
    taken.does(TEN, (on) => handOver(on, { receivedBy: 'relative', relation: WORDS }));
    expect(taken.owes).toEqual({});
  });

  test('any other letter is delivered once it was left behind', () => {
    const letter = letterInHand({}, 'no-address');
    letter.does(TEN, (on) => attempt(on, { words: WORDS, proof: PROOF }));
    expect(letter.owes).toEqual({});
    expect(() => letter.does(TEN, (on) => giveUp(on, WORDS))).toThrow('letter.nothing-awaited');
  });
});

describe('accounts that join', () => {
  test('raise it to the highest rung, until it is out', () => {
    const letter = letterInHand();
    letter.joins(NINE, { kind: 'second-notice', accounts: [dunned('acc_2-1', 100, 'second-notice')] });
    letter.joins(NINE, { kind: 'reminder', accounts: [dunned('acc_3-1', 100, 'reminder')] });
    expect(letter.state).toMatchObject({ kind: 'second-notice', mandatory: true });
    letter.does(TEN, (on) => claim(on, SENDING));
    expect(letter.joins(TEN, { accounts: [dunned('acc_4-1')] })).toEqual([]);
    expect(letter.state.accounts).toHaveLength(3);
  });

  test('join paper until it is printed', () => {
    const letter = letterInHand({}, 'no-address');
    letter.joins(TEN, { accounts: [dunned('acc_2-1')] });
    letter.does(TEN, (on) => print(on, 'c'));
    expect(letter.joins(TEN, { accounts: [dunned('acc_3-1')] })).toEqual([]);
    expect(letter.state.accounts.map(({ account }) => account)).toEqual(['acc_1-1', 'acc_2-1']);
  });
});

describe('what the mail service tells', () => {
  test('of a delivery before it is recorded that it was sent: both', () => {
    const letter = mailed();
    expect(letter.does(TEN, (on) => applyMailEvent(on, told('delivered', TEN)))).toEqual([
      'letter.sent',
      'letter.delivered',
    ]);
    expect(letter.does(TEN, (on) => accepted(on, { attempt: 1, messageId: 'm', acceptedAt: TEN }))).toEqual([]);
    expect(letter.does(TEN, (on) => applyMailEvent(on, told('accepted', TEN)))).toEqual([]);
  });

  test('of a bounce before all else: it goes on paper, and a delivery told afterwards is older', () => {
    const letter = mailed();
    expect(letter.does(TEN, (on) => applyMailEvent(on, told('bounced', TEN, { hard: true })))).toEqual([
      'letter.sent',
      'letter.bounced',
      'letter.moved-to-paper',
    ]);
    expect(letter.does(TEN, (on) => applyMailEvent(on, told('delivered', TEN)))).toEqual([]);
    expect(letter.does(TEN, (on) => applyMailEvent(on, told('bounced', TEN, { hard: true })))).toEqual([]);
    expect(letter.state.status).toBe('to-print');
  });

  test('of a bounce after a delivery, days later: it is due again, on the day it bounced', () => {
    const letter = sent();
    letter.does(TEN, (on) => applyMailEvent(on, told('delivered', TEN)));
    letter.does(TEN + 2 * DAY, (on) => applyMailEvent(on, told('bounced', TEN + 2 * DAY, { hard: true })));
    expect(letter.owes).toEqual({ deliver: MIDNIGHT + 2 * DAY });
  });

  test('of an automatic reply: what was delivered stays delivered, whichever is told first', () => {
    const [after, before] = [sent(), sent()];
    after.does(TEN, (on) => applyMailEvent(on, told('delivered', TEN)));
    expect(after.does(TEN + DAY, (on) => applyMailEvent(on, told('bounced', TEN + DAY)))).toEqual([]);
    before.does(TEN, (on) => applyMailEvent(on, told('bounced', TEN)));
    expect(before.state.status).toBe('to-print');
    expect(before.does(TEN, (on) => applyMailEvent(on, told('delivered', TEN)))).toEqual(['letter.delivered']);
    for (const { state, owes } of [after, before]) expect([state.status, owes]).toEqual(['delivered', {}]);
    const arrived = [after, before].map(({ events }) => events.find(({ name }) => name === 'letter.delivered')?.data);
    expect(arrived).toMatchObject([{ returned: undefined }, { returned: true }]);
  });

  test('for now and then for good: the address is bad', () => {
    const letter = sent();
    letter.does(TEN, (on) => applyMailEvent(on, told('bounced', TEN)));
    expect(letter.does(TEN, (on) => applyMailEvent(on, told('bounced', TEN, { hard: true })))).toEqual([
      'letter.bounced',
    ]);
    expect(letter.state).toMatchObject({ status: 'to-print', hardBounced: true });
  });

  test('a bounce of the same day keeps the deadline, and nobody hears of it twice', () => {
    const letter = mailed();
    letter.does(MIDNIGHT + HOUR, (on) => applyMailEvent(on, told('bounced', TEN)));
    expect(letter.owes).toEqual({ deliver: MIDNIGHT });
  });

  test('of what a person had printed instead: who got the mail needs no paper', () => {
    const letter = mailed();
    letter.does(NINE + 2 * HOUR, lost);
    letter.does(NINE + 2 * HOUR, (on) => settle(on, 'print'));
    letter.does(NINE + 3 * HOUR, (on) => applyMailEvent(on, told('delivered', TEN)));
    expect(letter.state.status).toBe('delivered');
  });

  test('nothing is told of what no mailer took on', () => {
    const letter = letterInHand();
    expect(letter.does(TEN, (on) => applyMailEvent(on, told('delivered', TEN)))).toEqual([]);
  });
});

describe('an outcome that nobody knows', () => {
  const unknown = () => {
    const letter = mailed();
    letter.does(NINE + 2 * HOUR, lost);
    return letter;
  };

  test('is owed by a person today, who has it printed or sent again', () => {
    expect(unknown().owes).toEqual({ deliver: MIDNIGHT, settle: MIDNIGHT });
    const again = unknown();
    again.does(TEN, (on) => settle(on, 'send-again'));
    again.does(TEN, (on) => claim(on, SENDING));
    expect(again.state.attempts).toBe(2);
    const paper = unknown();
    paper.does(TEN, (on) => settle(on, 'print'));
    expect(paper.owes).toEqual({ deliver: MIDNIGHT });
  });

  test('while it is being sent nobody can do either', () => {
    const letter = mailed();
    expect(() => letter.does(TEN, (on) => settle(on, 'print'))).toThrow('letter.being-sent');
    expect(() => letter.does(TEN, (on) => settle(on, 'send-again'))).toThrow('letter.not-now');
  });

  test('a sending that was told of before it is sent again is not sent again', () => {
    const letter = unknown();
    letter.does(TEN, (on) => settle(on, 'send-again'));
    letter.does(TEN, (on) => applyMailEvent(on, told('accepted', TEN)));
    expect(letter.does(TEN, (on) => claim(on, SENDING))).toEqual([]);
  });

  test('what a mailer of before says of an earlier sending changes nothing', () => {
    const letter = unknown();
    letter.does(TEN, (on) => settle(on, 'send-again'));
    letter.does(TEN, (on) => claim(on, SENDING));
    expect(letter.does(TEN, (on) => released(on, 1, 'Throttling'))).toEqual([]);
  });
});

test('a letter takes five questions', () => {
  const letter = sent();
  for (let i = 0; i < 5; i++) letter.does(TEN, (on) => question(on, WORDS));
  expect(() => letter.does(TEN, (on) => question(on, WORDS))).toThrow('letter.questions');
  expect(() => sent().does(TEN + 500 * DAY, (on) => question(on, WORDS))).toThrow('request.not-found');
});

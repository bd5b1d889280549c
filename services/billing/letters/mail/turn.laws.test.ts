import { expect, test } from 'vitest';
import { HOUR, type Instant, MINUTE, SECOND } from '../../../../shared/time/clock.ts';
import { REQUEUE } from '../decide.ts';
import { NINE } from '../testing.ts';
import { hasCome, hasRoom, holds, nextMoment } from './pace.ts';
import type { ToMail } from './queue.ts';
import { inTurn } from './turn.ts';

/** What goes wrong, each of so many letters or messages. */
interface Mishaps {
  twice?: number;
  diesAfterReserving?: number;
  late?: number;
}
const PER_SECOND = 14;
/** How long the queue hides a message from others that a mailer died with. */
const HIDDEN = 6 * MINUTE;

/** Numbers as good as chance, the same each time. */
const dice = () => {
  let seed = 20_261_129;
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
};

/**
 * So many letters of one moment through the mailer's turns: a queue that gives messages in no order and as late as it likes,
 * and each letter another message every hour that it waits.
 */
const mailed = async (letters: number, { twice = 0, diesAfterReserving = 0, late = 0 }: Mishaps) => {
  const chance = dice();
  const [apart, none] = [Math.ceil(SECOND / PER_SECOND), [] as { asked: ToMail; letter: number }[]];
  const queue = new Map<number, typeof none>();
  const [sent, kept] = [new Float64Array(letters), new Float64Array(letters)];
  const idle = { since: NINE, most: 0 };
  let tat: Instant | undefined;
  let now = NINE;
  const came = { moments: 0, sent: 0, died: 0, asked: 0, last: NINE };
  const put = (letter: number, asked: ToMail, at: Instant) => {
    const second = Math.ceil(at / SECOND);
    const some = queue.get(second);
    if (some) some.push({ asked, letter });
    else queue.set(second, [{ asked, letter }]);
  };
  const enqueue = (letter: number, { delay = 0, ...asked }: ToMail) => {
    const at = now + delay * SECOND + Math.floor(chance() * late);
    put(letter, asked, at);
    if (chance() < twice) put(letter, asked, at + Math.floor(chance() * MINUTE));
  };
  const take = async ({ asked, letter }: (typeof none)[number]) => {
    came.asked++;
    const pace = {
      async reserve() {
        if (holds(kept[letter], now)) return kept[letter];
        if (!hasRoom(tat, now)) return undefined;
        const moment = nextMoment(tat, now);
        tat = moment + apart;
        came.moments++;
        if (chance() < diesAfterReserving) throw new Error('it died');
        if (!hasCome(moment, now)) kept[letter] = moment;
        return moment;
      },
    };
    const go = async () => {
      sent[letter] = now;
      came.sent++;
      idle.most = Math.max(idle.most, now - idle.since);
      idle.since = now;
    };
    const ready = async () => (sent[letter] ? undefined : true);
    try {
      const waits = await inTurn(asked, { pace, hasRoom: async () => hasRoom(tat, now), now }, { ready, go });
      if (waits) enqueue(letter, waits);
    } catch {
      came.died++;
      put(letter, asked, now + HIDDEN);
    }
  };
  for (let i = 0; i < letters; i++) enqueue(i, { site: 's', letter: `let_${i}`, delay: 60 });
  for (; came.sent < letters && now < NINE + 24 * HOUR; now += SECOND) {
    if (now > NINE && (now - NINE) % REQUEUE === 0) {
      for (let i = 0; i < letters; i++) if (!sent[i]) enqueue(i, { site: 's', letter: `let_${i}`, again: true });
    }
    const due = queue.get(now / SECOND) ?? none;
    queue.delete(now / SECOND);
    for (const one of due) await take(one);
  }
  return { ...came, last: now - NINE, idle: idle.most };
};

/** As long as it takes with never a moment lost: 71.4 ms a mail, in whole milliseconds. */
const LEAST = (letters: number) => letters * Math.ceil(SECOND / PER_SECOND);

test('200,000 letters take four hours: a moment each, and the mail service is never without work', async () => {
  const { moments, sent, last, idle, asked } = await mailed(200_000, {});
  expect({ moments, sent }).toEqual({ moments: 200_000, sent: 200_000 });
  expect(last).toBeLessThan(LEAST(200_000) + 5 * MINUTE);
  expect(idle).toBeLessThanOrEqual(2 * MINUTE);
  // Asked on the way, each once in ten minutes or so: no message breeds others.
  expect(asked / 200_000).toBeLessThan(20);
}, 60_000);

test('messages that come twice, late and in any order take no moment of others', async () => {
  const { moments, sent, last } = await mailed(40_000, { twice: 0.05, late: 20 * SECOND });
  expect(sent).toBe(40_000);
  expect(moments).toBe(40_000);
  expect(last).toBeLessThan(LEAST(40_000) + 5 * MINUTE);
});

test('a mailer that dies after it reserved loses that one moment', async () => {
  const { moments, sent, died, last } = await mailed(40_000, { diesAfterReserving: 0.01, twice: 0.01 });
  expect(sent).toBe(40_000);
  expect(died).toBeGreaterThan(200);
  expect(moments).toBe(sent + died);
  expect(last).toBeLessThan(LEAST(40_000 + died) + 10 * MINUTE);
});

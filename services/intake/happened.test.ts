import { beforeEach, describe, expect, test } from 'vitest';
import { iso, MINUTE } from '../../shared/time/clock.ts';
import { desk } from './testing.ts';

let { ask, clock, pass } = await desk();
beforeEach(async () => {
  ({ ask, clock, pass } = await desk());
});

const leak = { as: 'repair', department: 'engineering', words: 'The tap drips' };

describe('recorded later than it happened', () => {
  const at = (ago: number) => ({ happenedAt: iso(clock() - ago) });
  const waits = async () => {
    const { id } = await ask('li', 'POST ', { channel: 'visit', outcome: leak });
    pass(120 * MINUTE);
    return id as string;
  };
  const fault = (field: string, rule: string) => ({
    http: 400,
    errors: [{ field, rule: expect.stringContaining(rule) }],
  });

  test('a word of mouth keeps both times, and is marked', async () => {
    const id = await waits();
    const spoken = { spokenBy: 'chen', ...at(60 * MINUTE) };
    expect(await ask('wang', `POST ${id}/accept`, spoken)).toMatchObject({ http: 200, recordedLater: true, owed: [] });
    const { history } = await ask('wang', `GET ${id}`);
    expect((history as unknown as object[]).at(-1)).toMatchObject({
      event: 'contact.accepted',
      at: iso(clock()),
      data: { proxyFor: 'chen', happenedAt: spoken.happenedAt },
    });
  });

  test('one’s own is shown by something, after a quarter of an hour', async () => {
    const id = await waits();
    const own = at(60 * MINUTE);
    expect(await ask('chen', `POST ${id}/accept`, own)).toMatchObject(
      fault('body.evidence', 'more than 15 minutes ago'),
    );
    const shown = { ...own, evidence: 'The paper of the shift' };
    expect(await ask('chen', `POST ${id}/accept`, { evidence: 'x' })).toMatchObject(
      fault('body.evidence', 'only with happenedAt'),
    );
    expect(await ask('chen', `POST ${id}/accept`, shown)).toMatchObject({ http: 200, recordedLater: true });
    const { history } = await ask('chen', `GET ${id}`);
    expect((history as unknown as object[]).at(-1)).toMatchObject({ data: shown });
  });

  test('never in the future, before it was owed, or longer ago than the policy lets it be recorded', async () => {
    const id = await waits();
    const accept = (ago: number) => ask('wang', `POST ${id}/accept`, { spokenBy: 'chen', ...at(ago) });
    expect(await accept(-3 * MINUTE)).toMatchObject(fault('body.happenedAt', 'not in the future'));
    expect(await accept(121 * MINUTE)).toMatchObject(fault('body.happenedAt', 'not before what it answers began'));
    pass(24 * 60 * MINUTE);
    expect(await accept(24 * 60 * MINUTE + MINUTE)).toMatchObject(fault('body.happenedAt', 'within the last 24 hours'));
    expect((await accept(24 * 60 * MINUTE)).http).toBe(200);
  });

  test('a reply that was given by phone', async () => {
    const promise = { replyBy: iso(clock() + 60 * MINUTE) };
    const { id } = await ask('li', 'POST ', { channel: 'call', rings: 1, outcome: leak, promise });
    pass(90 * MINUTE);
    const reply = (ago: number, more = {}) =>
      ask('li', `POST ${id}/reply`, { words: 'On Monday', ...at(ago), ...more });
    expect(await reply(91 * MINUTE, { evidence: 'Ann' })).toMatchObject(fault('body.happenedAt', 'not before'));
    expect(await reply(40 * MINUTE)).toMatchObject(fault('body.evidence', 'what shows it'));
    expect(await reply(40 * MINUTE, { evidence: 'Ann heard it' })).toMatchObject({ http: 200, recordedLater: true });
  });
});

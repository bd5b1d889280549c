import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCountedByHand } from './support/figures.ts';
import { expectSound } from './support/sound.ts';
import { HOUR, MINUTE, startWorld, type World } from './support/world.ts';

describe('what is recorded later than it happened', () => {
  let world: World;
  let day: string;
  let began: number;
  const at = (after: number) => new Date(began + after).toISOString();

  beforeAll(async () => {
    world = await startWorld();
    began = world.cloud.clock.now();
    day = new Date(began + 8 * HOUR).toISOString().slice(0, 10);
  });
  afterAll(() => world?.stop());

  it('is in time by when it happened, though the clock told of a miss meanwhile', async () => {
    const site = world.lakeside;
    const outcome = { as: 'repair', department: 'engineering', words: 'The tap drips' };
    const { id } = await site.takesCall({ outcome, promise: { replyBy: at(HOUR) } });
    const complaint = await site.takesComplaint();
    await site.judges(complaint);
    await world.passes(2 * HOUR);
    const standings = async () => [
      await site.standing('Q2-department', day, id),
      await site.standing('Q2-department', day, complaint.replace('cmp_', 'con_')),
      await site.standing('promised', day, id),
    ];
    expect(await standings()).toEqual(['missed: accepted-late', 'missed: accepted-late', 'missed: not-kept-in-time']);
    const spoken = { spokenBy: world.staff('lakeside-engineering'), happenedAt: at(30 * MINUTE) };
    const shown = { happenedAt: at(40 * MINUTE), evidence: 'Ann heard it' };
    expect(await site.onContact(id, 'accept', spoken)).toMatchObject({ recordedLater: true });
    await site.onContact(id, 'reply', { words: 'On Monday', ...shown });
    await site.onComplaint(complaint, 'accept', spoken, 'agent-1');
    expect(await standings()).toEqual(['met', 'met', 'met']);
    expect(await site.complaint(complaint)).toMatchObject({ status: 'accepted', recordedLater: true });
    const { history } = await site.contact(id);
    expect(history.map(({ event }: { event: string }) => event)).toContain('contact.missed');
    expect(history.at(-1)).toMatchObject({
      data: shown,
      says: expect.stringMatching(/recorded later|补录/),
    });
    await site.investigates(complaint);
    await site.onComplaint(complaint, 'resolve', { result: 'It runs again.', ...shown }, 'engineering');
    const { due } = await site.callback(complaint);
    expect(Date.parse(due) - began).toBeGreaterThanOrEqual(50 * HOUR);
  });

  it('is what one counts by hand, and what a rebuild finds', async () => {
    await expectCountedByHand(world);
    await expectSound(world);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../local/client.ts';
import type { FaultHandle, FaultKind } from '../local/gateway/index.ts';
import type { AwsRequest } from '../local/gateway/request.ts';
import { DAY_POLICY, liveADay, whatCameOf } from './support/day.ts';
import { expectExported } from './support/exported.ts';
import { expectSound } from './support/sound.ts';
import { HOUR, START, startWorld, type World } from './support/world.ts';

const DAY = 24 * HOUR;

/** Dying between SES taking a mail and its being marked as sent is the one moment that mails twice (see the inbox). */
const notSes = ({ service }: AwsRequest) => service !== 'ses';

/** Each test is one day of the same world, disturbed in its own way; every day has to end as the first, quiet one did. */
describe('whatever dies, repeats or overtakes', () => {
  let world: World;
  let quiet: Awaited<ReturnType<typeof whatCameOf>>;
  let began = START;

  const aDay = async () => {
    const from = began;
    began += DAY;
    await world.passes(from - world.cloud.clock.now());
    await liveADay(world);
    world.cloud.redeliver({});
    world.cloud.faults.clear();
    return whatCameOf(world, from);
  };

  beforeAll(async () => {
    world = await startWorld();
    await world.tightens('lakeside', DAY_POLICY);
    began = world.cloud.clock.now();
    quiet = await aDay();
  });
  afterAll(() => world?.stop());

  it('a quiet day is as one would count it by hand', () => {
    const counts = Object.fromEntries(
      Object.entries<Answer>(quiet.figures).map(([id, { met, missed, running }]) => [id, [met, missed, running]]),
    );
    // 9 contacts were received, 8 taken; 4 complaints with 5 resolutions, 5 owners reached.
    expect(counts).toMatchObject({ Q1: [7, 1, 0], Q2: [6, 3, 0], Q3: [4, 1, 0], Q4: [3, 2, 0], closing: [4, 0, 0] });
    expect(quiet.mails).toMatchObject({
      'lakeside-manager: [翠湖花园] Still overdue: call the owner back (…)': 1,
      'lakeside-director: 【翠湖花园】重大投诉（…）': 1,
    });
  });

  it('everything delivered twice or out of order comes to the same', async () => {
    world.cloud.redeliver({ duplicate: 0.5, reorder: 0.3, seed: 7 });
    expect(await aDay()).toEqual(quiet);
  });

  const KINDS = ['crash-before', 'crash-after', 'error-after'] satisfies FaultKind[];
  for (const shift of [0, 1]) {
    it(`every function struck at one of its calls comes to the same (${shift})`, async () => {
      const struck = new Map<string, FaultHandle>();
      for (const [i, { path, name }] of world.cloud.deployment.functions.entries()) {
        const kind = KINDS[(i + shift) % KINDS.length] as FaultKind;
        // A promise starts one timer a day, with one call.
        const after = path.includes('ScheduleWakeUps') ? 0 : (i + shift) % 3;
        struck.set(path, world.cloud.faults.inject({ kind, function: name, after, match: notSes }));
      }
      expect(await aDay()).toEqual(quiet);
      const spared = [...struck].filter(([, { hits }]) => hits === 0).map(([path]) => path);
      // What a day at the desk never calls, or only reads when it is over; billing's bad days have journeys of their own.
      const others =
        /Registry|Rights|OnErasure|Portal|Alerts\/Api|Reporting\/(Api|Service|Rebuild|Relay|Months)|Reports|Inbox\/Api|Billing|Letters|Payments|Runs|LetterQuestioned/;
      expect(spared.filter((path) => !others.test(path))).toEqual([]);
    });
  }

  it('every 60th call of all kills its caller: it comes to the same', async () => {
    let calls = 0;
    // A step of the night's rebuild makes more calls than that: it would never end, and what it changes is nothing.
    const spared = ({ principal }: AwsRequest) => principal === 'root' || /^HuiyinReporting-Rebuild/.test(principal);
    const match = (call: AwsRequest) => notSes(call) && !spared(call) && ++calls % 60 === 0;
    const killer = world.cloud.faults.inject({ kind: 'crash-after', times: Number.POSITIVE_INFINITY, match });
    expect(await aDay()).toEqual(quiet);
    expect(killer.hits).toBeGreaterThan(12);
  });

  it('leaves everything sound', () => expectSound(world));

  it('is exported whole, each event once to whoever asks', async () => {
    await expectExported(world);
  });
});

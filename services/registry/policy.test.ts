import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Recorded } from '../../shared/domain/events.ts';
import { Refusal } from '../../shared/domain/refusal.ts';
import { execute } from '../../shared/journal/execute.ts';
import { policies } from '../../shared/policy/policies.ts';
import {
  DEFAULT_POLICY,
  looserThan,
  type PolicyOverrides,
  type PolicyVersion,
  policyKey,
  policySchema,
} from '../../shared/policy/policy.ts';
import { runs } from '../../shared/testing/runs.ts';
import { HOUR, type Instant } from '../../shared/time/clock.ts';
import type { groupPolicyChanged } from './events.ts';
import { EVERYWHERE, GROUP_ID, setPolicy as setGroupPolicy } from './group.ts';
import { onPolicyFloor } from './on-policy-floor.ts';
import { contradictions, merged } from './policy.ts';
import { publishSite, setPolicy as setSitePolicy } from './site.ts';
import { ADMIN, NOON, world } from './testing.ts';

const overridesOf = (...names: (keyof PolicyOverrides)[]) =>
  fc.record(
    Object.fromEntries(
      names.map((name) => [name, fc.integer({ min: 0, max: policySchema.shape[name].unwrap().maxValue ?? 0 })]),
    ),
    { requiredKeys: [] },
  ) as fc.Arbitrary<PolicyOverrides>;
const overrides = overridesOf('acceptMinutes', 'callbackHours', 'remindHours', 'callFromMinute', 'callUntilMinute');

/** Tighter than the standard, so that most are accepted. */
const narrow = fc.record(
  { acceptMinutes: fc.integer({ min: 10, max: 60 }), judgeMinutes: fc.constant(30) },
  { requiredKeys: [] },
);

test('what a site asks for never makes it looser than the group, nor contradicts itself', () => {
  fc.assert(
    fc.property(overrides, overrides, (group, site) => {
      const floor = { ...DEFAULT_POLICY, ...group };
      fc.pre(contradictions(floor).length === 0);
      const values = merged(floor, site);
      expect(looserThan(floor, values)).toEqual([]);
      expect(contradictions(values)).toEqual([]);
    }),
  );
});

type Happens =
  | { group: PolicyOverrides }
  | { site: PolicyOverrides; ahead: number }
  /** The group's oldest change that hasn't reached the site reaches it (or once more the newest that has). */
  | 'reaches';

test('whatever the group and a site decide in whatever order, the site is never looser than the group once that has reached it', async () => {
  const happens: fc.Arbitrary<Happens> = fc.oneof(
    fc.record({ group: fc.oneof(narrow, overrides) }),
    fc.record({ site: fc.oneof(narrow, overrides), ahead: fc.integer({ min: 0, max: 20 }) }),
    fc.constant('reaches' as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(happens, { maxLength: 15, size: 'max' }), async (history) => {
      const w = world();
      await w.lakeside();
      const sent: Recorded<typeof groupPolicyChanged>[] = [];
      const lasting: { from: Instant; overrides: PolicyOverrides }[] = [{ from: 0, overrides: {} }];
      const reach = async () => {
        const event = sent.length > 1 ? sent.shift() : sent[0];
        if (event) await onPolicyFloor.handle(event, w.deps);
      };
      for (const [i, what] of [...history, ...history.map(() => 'reaches' as const)].entries()) {
        w.now += HOUR;
        const now = w.now;
        const idempotencyKey = { scope: `step-${i}`, body: '' };
        const quietly = (error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          return undefined;
        };
        if (what === 'reaches') await reach();
        else if ('group' in what) {
          const at = { site: EVERYWHERE, id: GROUP_ID, now, by: 'x', idempotencyKey };
          const decide = (state: Parameters<typeof setGroupPolicy>[0]) => setGroupPolicy(state, what.group);
          const done = await execute(w.registry.groups, { ...at, decide }).catch(quietly);
          if (done) sent.push(done.events[0] as (typeof sent)[0]);
        } else {
          const floor = await w.registry.floor();
          const wanted = { effective: now + what.ahead * HOUR, overrides: what.site };
          const done = await execute(w.registry.sites, {
            site: 'lakeside',
            id: 'lakeside',
            now,
            by: 'x',
            idempotencyKey,
            decide: (state) => setSitePolicy(state, wanted, floor, now),
            publish: publishSite,
          }).catch(quietly);
          if (done) lasting.push({ from: wanted.effective, overrides: what.site });
        }
      }
      const { values: floor } = await w.registry.floor();
      const read = policies({ doc: w.doc, registry: 'registry', clock: () => w.now });
      for (let ahead = 0; ahead <= 22; ahead++) {
        const instant = w.now + ahead * HOUR;
        // The site's last word that has begun holds from then on, whatever it had announced before.
        const asked = lasting.findLast(({ from }) => from <= instant);
        const { values } = await read.at('lakeside', instant);
        expect(values).toEqual(merged(floor, asked?.overrides ?? {}));
      }
    }),
    runs(60),
  );
});

test('a site tightens from a moment on, and is told by name where it would loosen', async () => {
  const w = world();
  await w.lakeside();
  const looser = await w.call(ADMIN, 'POST /sites/lakeside/policies', {
    overrides: { acceptMinutes: 61, ringsInTime: 2 },
  });
  expect(looser).toMatchObject({ status: 422, body: { code: 'policy.looser', details: { names: 'acceptMinutes' } } });
  const past = { effective: '2026-05-01T03:59:59Z', overrides: {} };
  expect((await w.call(ADMIN, 'POST /sites/lakeside/policies', past)).body.code).toBe('policy.in-the-past');
  const law = await w.call(ADMIN, 'POST /sites/lakeside/policies', { overrides: { callbackHours: 49 } });
  expect(law.status).toBe(400);
  const hours = { overrides: { callFromMinute: 1230 } };
  expect((await w.call(ADMIN, 'POST /sites/lakeside/policies', hours)).body.code).toBe('policy.contradiction');

  const next = { effective: '2026-05-02T00:00:00+08:00', overrides: { acceptMinutes: 30 } };
  expect(await w.admin('POST /sites/lakeside/policies', next)).toMatchObject({ version: 2 });
  const { at, version } = w.deps.policies;
  const midnight = Date.parse(next.effective);
  expect((await at('lakeside', midnight - 1)).values.acceptMinutes).toBe(60);
  expect((await at('lakeside', midnight)).values.acceptMinutes).toBe(30);
  expect((await version('lakeside', 1)).values.acceptMinutes).toBe(60);
  const { items } = await w.admin('GET /sites/lakeside/policies');
  expect(items.map((policy: { version: number }) => policy.version)).toEqual([2, 1]);
});

test("a group's change reaches every site once, and one opened meanwhile too", async () => {
  const w = world();
  await w.lakeside();
  await w.admin('POST /sites/lakeside/policies', { overrides: { acceptMinutes: 20, judgeMinutes: 45 } });
  const event = async () => {
    const [found] = (await w.registry.groups.history(EVERYWHERE, GROUP_ID)).slice(-1);
    return found as unknown as Recorded<typeof groupPolicyChanged>;
  };
  await w.admin('PUT /group/policy', { overrides: { acceptMinutes: 40, judgeMinutes: 30 } });
  await onPolicyFloor.handle(await event(), w.deps);
  await onPolicyFloor.handle(await event(), w.deps);
  const { version, values } = await w.deps.policies.at('lakeside', NOON);
  expect({ version, accept: values.acceptMinutes, judge: values.judgeMinutes }).toEqual({
    version: 3,
    accept: 20,
    judge: 30,
  });
  expect((await w.admin('GET /sites/lakeside/policies')).items[0].overrides).toEqual({
    acceptMinutes: 20,
    judgeMinutes: 45,
  });
  await w.admin('POST /sites', { id: 'hill', name: 'hill', timeZone: 'UTC', departments: [] });
  expect((await w.deps.policies.at('hill', NOON - HOUR)).values.acceptMinutes).toBe(40);
});

test('however many versions are announced and overtaken, the one in force is found', async () => {
  const w = world();
  await w.lakeside();
  await w.admin('POST /sites/lakeside/policies', { overrides: { acceptMinutes: 20 } });
  for (let day = 30; day > 5; day--) {
    const effective = new Date(NOON + day * 24 * HOUR).toISOString();
    await w.admin('POST /sites/lakeside/policies', { effective, overrides: { acceptMinutes: day } });
  }
  expect((await w.deps.policies.at('lakeside', NOON)).values.acceptMinutes).toBe(20);
  expect((await w.deps.policies.at('lakeside', NOON + 40 * 24 * HOUR)).values.acceptMinutes).toBe(6);
});

test('a value that was declared after a version was published is the default in it', async () => {
  const w = world();
  await w.lakeside();
  const { Item } = await w.doc.send(new GetCommand({ TableName: 'registry', Key: policyKey('lakeside', 1) }));
  const { paymentBackDays, ...older } = (Item as unknown as PolicyVersion).values;
  await w.doc.send(new PutCommand({ TableName: 'registry', Item: { ...Item, values: older } }));
  const read = policies({ doc: w.doc, registry: 'registry', clock: () => w.now });
  expect((await read.at('lakeside', NOON)).values).toEqual({ ...older, paymentBackDays });
  expect((await read.version('lakeside', 1)).values.paymentBackDays).toBe(DEFAULT_POLICY.paymentBackDays);
});

test('no policy makes a day’s wait after a sign-in shorter: who sets it would be two people at once', () => {
  const takes = (signInHours: number) => policySchema.safeParse({ signInHours }).success;
  expect([takes(0), takes(23), takes(24), takes(168), takes(169)]).toEqual([false, false, true, true, false]);
});

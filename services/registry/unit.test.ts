import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '../../shared/aws/many.ts';
import { unitById, unitKey } from '../../shared/directory/units.ts';
import { Refusal } from '../../shared/domain/refusal.ts';
import { type Decision, refold } from '../../shared/journal/aggregate.ts';
import { execute } from '../../shared/journal/execute.ts';
import { runs } from '../../shared/testing/runs.ts';
import { NOON, world } from './testing.ts';
import { change, holdingKey, link, publishUnit, register, type UnitEvent, unitType, unlink } from './unit.ts';
import type { Unit } from './unit-state.ts';

const UNITS = ['unt_a', 'unt_b'];
const PARTIES = ['pty_a', 'pty_b', 'pty_c'];
const TODAY = '2026-05-01';
const DAYS = ['2026-04-01', TODAY, '2026-06-01'];

const facts = fc.record({
  building: fc.constantFrom('1', '2'),
  number: fc.constantFrom('1', '2'),
  kind: fc.constant('flat' as const),
  areaMicro: fc.constantFrom(1, 2),
  state: fc.constant('occupied' as const),
});
type Decide = (state: Unit | undefined) => Decision<UnitEvent>;
const decisions: fc.Arbitrary<Decide> = fc.oneof(
  facts.map(
    (f): Decide =>
      (state) =>
        state ? change(state, f, undefined) : register(state, f, undefined),
  ),
  fc
    .record({
      party: fc.constantFrom(...PARTIES),
      relation: fc.constantFrom('owner' as const, 'tenant' as const),
      payer: fc.boolean(),
      since: fc.constantFrom(undefined, ...DAYS),
    })
    .map(
      (l): Decide =>
        (state) =>
          link(state, l, TODAY),
    ),
  fc.tuple(fc.constantFrom(...PARTIES), fc.constantFrom(...DAYS)).map(
    ([party, until]): Decide =>
      (state) =>
        unlink(state, party, until, TODAY),
  ),
);

test('whatever happens to units, what is published of them is what their journals say, and no two share a door', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...UNITS), decisions), { maxLength: 25 }), async (history) => {
      const { registry } = world();
      for (const [i, [id, decide]] of history.entries()) {
        const idempotencyKey = { scope: `step-${i}`, body: '' };
        const command = { site: 'here', id, now: NOON + i, by: 'x', idempotencyKey, decide, publish: publishUnit };
        // A door that is another's shows as a write refused, however often it is tried.
        const head = await registry.units.head('here', id);
        const wanted = decide(head.state);
        const event = wanted instanceof Refusal ? undefined : wanted.events[0];
        if (event && (event.name === 'unit.registered' || event.name === 'unit.changed')) {
          const holder = await registry.published(unitKey('here', event.data));
          if (holder && holder.unit !== id) continue;
        }
        await execute(registry.units, command).catch((error) => {
          if (!(error instanceof Refusal)) throw error;
        });
      }
      const heads = await Promise.all(UNITS.map((id) => registry.units.head('here', id)));
      const there = heads.filter(({ state }) => state);
      for (const { id, state } of there) {
        const events = await registry.units.history('here', id);
        expect(refold(unitType, events)).toEqual(state);
        for (const { name, data } of events) {
          expect(unitType.events.find((def) => def.name === name)?.data.parse(data)).toEqual(data);
        }
        expect(state?.parties.filter(({ payer }) => payer).length).toBeLessThanOrEqual(1);
        const { sk } = unitKey('here', state as Unit);
        const payer = state?.parties.find((l) => l.payer)?.party;
        const entry = await registry.published({ pk: unitKey('here', state as Unit).pk, sk });
        expect(entry).toMatchObject({
          unit: id,
          areaMicro: state?.areaMicro,
          holders: state?.parties.length,
        });
        expect(entry?.payer).toBe(payer);
        expect(entry?.payers).toEqual(state?.payers);
        expect(state?.payers.at(-1)?.party).toBe(payer);
        const { pk: _pk, sk: _sk, of: _of, ...published } = entry as Item;
        expect(await unitById({ doc: registry.units.doc, registry: 'registry' }, 'here', id)).toEqual(published);
      }
      expect((await registry.publishedPage('units#here', 10)).items).toHaveLength(there.length);
      for (const party of PARTIES) {
        const { items } = await registry.publishedPage(holdingKey('here', party, '').pk, 10);
        const held = there.flatMap(({ id, state }) =>
          (state as Unit).parties.filter((l) => l.party === party).map((l) => ({ unit: id, ...l })),
        );
        expect(items.map(({ unit, relation, payer, since }) => ({ unit, party, relation, payer, since }))).toEqual(
          held,
        );
      }
    }),
    runs(60),
  );
});

import { payerKey } from '../../shared/directory/payer.ts';
import type { NewEvent } from '../../shared/domain/events.ts';
import { type ForgetDeps, forgetTexts, nothingFound, tellForgotten } from '../../shared/forgetting/forget.ts';
import { refsDeep } from '../../shared/forgetting/theirs.ts';
import { execute } from '../../shared/journal/execute.ts';
import { consumerFor } from '../../shared/lambda/bus.ts';
import { erasureCleared } from '../rights/events.ts';
import { cardOf, goneKey, KNOWN, type Party, type PartyEvent } from './party.ts';
import type { Registry } from './store.ts';
import { holdingKey } from './unit.ts';

/** Items in a page. */
const PAGE = 1000;

/** Of a partition, whatever is of one of these parties. */
const keysOf = async ({ publishedPage }: Registry, pk: string, parties: readonly string[]) => {
  const keys: { pk: string; sk: string }[] = [];
  let after: string | undefined;
  do {
    const page = await publishedPage(pk, PAGE, after);
    keys.push(...page.items.filter(({ party }) => parties.includes(party as string)).map(({ pk, sk }) => ({ pk, sk })));
    after = page.next;
  } while (after !== undefined);
  return keys;
};

/**
 * In: nobody needs to know any more who it was. Out: name, contact ways and what they were known by are gone, under every id
 * the person went by; whoever holds a unit waits, for what is owed to and by them needs a name.
 */
export const onErasure = consumerFor<ForgetDeps & { registry: Registry }>()({
  name: 'registry-on-erasure',
  events: [erasureCleared],
  async handle(event, deps) {
    const { registry, clock } = deps;
    const { site, aggregate: erasure } = event;
    const { parties } = event.data;
    const found = nothingFound();
    for (const id of parties) {
      const held = await registry.publishedPage(holdingKey(site, id, '').pk, PAGE);
      if (held.items.length > 0) found.waiting.set('unit', (found.waiting.get('unit') ?? 0) + held.items.length);
    }
    if (found.waiting.size > 0) return tellForgotten(deps, 'registry', event, found);
    const known = await keysOf(registry, KNOWN(site), parties);
    for (const id of parties) {
      await execute(registry.parties, {
        site,
        id,
        now: clock(),
        by: event.by,
        decide: (state): NewEvent<PartyEvent>[] => (state && !state.erased ? [{ name: 'party.erased', data: {} }] : []),
        publish: ({ state }) => ({
          put: (state as Party).mergedInto
            ? []
            : [{ ...payerKey(site, id), ...cardOf(id, state as Party) }, { ...goneKey(site, id) }],
          remove: [],
        }),
      });
      const refs = refsDeep((await registry.parties.whole(site, id)).map(({ data }) => data));
      await forgetTexts(deps, { site, erasure, service: 'registry', what: 'party' }, refs, found);
    }
    for (const key of known) await registry.withdraw(key);
    found.left.set('party', { what: 'party', cases: parties.length, texts: 0 });
    await tellForgotten(deps, 'registry', event, found);
  },
});

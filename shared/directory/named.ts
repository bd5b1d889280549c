import { getAll, type Item, type Key } from '../aws/many.ts';
import { invalid, type Refusal } from '../domain/refusal.ts';
import { staffKey } from '../people/access.ts';
import type { MessageKey } from '../text/catalogue.ts';
import { payerKey } from './payer.ts';
import { type Directory, unitIdKey } from './units.ts';

/** What a request may name of the registry, and the rule that it has to be the site's own. */
const NAMED: Record<'unit' | 'party' | 'staff', { key(site: string, id: string): Key; rule: MessageKey }> = {
  unit: { key: unitIdKey, rule: 'field.unit' },
  party: { key: payerKey, rule: 'field.party' },
  staff: { key: (_, staff) => staffKey(staff), rule: 'field.staff' },
};

/** An id that a request gives, and the field it stands in; without an id nothing is named. */
export interface Reference {
  is: keyof typeof NAMED;
  id: string | undefined;
  field: string;
}

/** There, neither withdrawn nor erased, and of this site: a unit and a party by their key, staff by the sites where they held a position. */
const isOf = (site: string) => (item: Item) =>
  !item.withdrawn &&
  !item.erased &&
  (!Array.isArray(item.sites) || item.sites.includes(site) || item.sites.includes('*'));

/**
 * Units, parties and members of staff that a request names are looked up, in one read, wherever a service takes their
 * ids from people: what isn't there, or is another site's, would count as a household or be judged in an assessment.
 * @returns a refusal that says which fields name nobody; for `decide`, so that a command that was accepted stays so
 */
export const notNamed = async (
  { doc, registry }: Directory,
  site: string,
  references: readonly Reference[],
): Promise<Refusal | undefined> => {
  const named = references.flatMap(({ is, id, field }) =>
    id === undefined ? [] : [{ field, rule: NAMED[is].rule, ...NAMED[is].key(site, id) }],
  );
  let missing = named;
  // What was entered a moment ago may not stand in the cheaper read yet.
  for (const consistent of [false, true]) {
    if (missing.length === 0) return undefined;
    const items = await getAll({ doc, table: registry }, missing, { consistent });
    const there = new Set(items.filter(isOf(site)).map(({ pk, sk }) => `${pk}\n${sk}`));
    missing = missing.filter(({ pk, sk }) => !there.has(`${pk}\n${sk}`));
  }
  return missing.length === 0 ? undefined : invalid(...missing.map(({ field, rule }) => ({ field, rule })));
};

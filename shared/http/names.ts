import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { getAll } from '../aws/many.ts';
import { payersOf } from '../directory/payer.ts';
import { unitsById } from '../directory/units.ts';
import { isSystem, type PersonalRef } from '../domain/events.ts';
import { type Actor, type Reach, reachKey } from '../people/access.ts';
import { personalReader } from '../people/personal.ts';
import type { Policies } from '../policy/policies.ts';
import { GROUP_POLICY } from '../policy/policy.ts';
import { type Language, type MessageKey, say } from '../text/catalogue.ts';
import type { Clock, Instant } from '../time/clock.ts';
import { writePlace } from '../values/place.ts';
import { type IdInAnswer, idsIn, type NamedKind } from './ids-in.ts';
import type { Told } from './told.ts';

/** Names whatever an answer has the ids of. */
export type NamesOf = (
  answer: unknown,
  reader: { site: string | undefined; actor: Actor; language: Language },
) => Promise<Told>;

/** What fee items and bills are called, by code: of those that a site has. */
export type FeeNames = (
  site: string,
  codes: readonly string[],
  language: Language,
) => Promise<ReadonlyMap<string, string>>;

export interface NameDeps {
  doc: DynamoDBDocumentClient;
  registry: string;
  personal: string | undefined;
  policies: Policies;
  clock: Clock;
  /** Where a service knows what is charged. */
  fees?: FeeNames | undefined;
}

/** Colleagues' names are on almost every answer: known for so long (ms) once they are read. */
const KNOWN_FOR = 60_000;
const MOST_KNOWN = 2_000;

/** A name, or the message that says why there is none. */
type Found = { name: string } | { why: MessageKey };
/** A name that changed a moment ago may be told as it was, for half the price. */
const LAGGING = { consistent: false };
const UNKNOWN: Found = { why: 'name.unknown' };
const ERASED: Found = { why: 'name.erased' };
const CONCEALED: Found = { why: 'name.concealed' };
/** In which order they stand: the same answer is the same text, whatever was read first. */
const KINDS: readonly NamedKind[] = ['staff', 'parties', 'units', 'departments', 'sites', 'fees'];

/** Of departments' heads only those whose department has the case are told whose it is (domain.md, "Who sees what"). */
const mayKnow = ({ roles, departments }: Actor, { department }: IdInAnswer): boolean =>
  departments.includes('finance') ||
  roles.some((role) => role !== 'department-head') ||
  (department !== undefined && departments.includes(department));

const idOf = (kind: NamedKind, { site, id }: IdInAnswer): string => (kind === 'departments' ? `${site}/${id}` : id);

export const namesIn = ({ doc, registry, personal, policies, clock, fees }: NameDeps): NamesOf => {
  const texts = personalReader({ doc, personal, clock });
  const directory = { doc, registry };
  const colleagues = new Map<string, { until: Instant; found: Found }>();

  const namedBy = async (site: string, refs: ReadonlyMap<string, PersonalRef>): Promise<Map<string, Found>> => {
    const { said, restricted } = await texts.names(site, [...refs.values()]);
    return new Map(
      [...refs].map(([id, { ref }]) => {
        const name = said.get(ref);
        return [id, name !== undefined ? { name } : restricted.has(ref) ? CONCEALED : ERASED];
      }),
    );
  };

  const staff = async (ids: readonly string[]): Promise<Map<string, Found>> => {
    const known = new Map(
      ids.flatMap((id) => {
        const before = colleagues.get(id);
        return before && before.until > clock() ? [[id, before.found]] : [];
      }),
    );
    const wanted = ids.filter((id) => !known.has(id));
    if (wanted.length === 0) return known;
    const items = await getAll({ doc, table: registry }, wanted.map(reachKey), LAGGING);
    const refs = items.map(({ pk, name }) => [pk.slice(reachKey('').pk.length), name as Reach['name']] as const);
    const read = await namedBy('*', new Map(refs));
    if (colleagues.size > MOST_KNOWN) colleagues.clear();
    for (const [id, found] of read) colleagues.set(id, { until: clock() + KNOWN_FOR, found });
    return new Map([...known, ...read]);
  };

  const parties = async (site: string, ids: readonly string[]): Promise<Map<string, Found>> => {
    const cards = [...(await payersOf(directory, site, ids, LAGGING))];
    const there = cards.filter(([, { erased }]) => !erased).map(([id, { name }]) => [id, name] as const);
    const gone = cards.filter(([, { erased }]) => erased).map(([id]) => [id, ERASED] as const);
    return new Map([...gone, ...(await namedBy(site, new Map(there)))]);
  };

  const units = async (site: string, ids: readonly string[]): Promise<Map<string, Found>> => {
    const [{ placeFormat }, found] = await Promise.all([policies.site(site), unitsById(directory, site, ids, LAGGING)]);
    return new Map([...found].map(([id, unit]) => [id, { name: writePlace(unit, placeFormat) }]));
  };

  const departments = async (site: string, ids: readonly string[]): Promise<Map<string, Found>> => {
    const { departments: all } = await policies.site(site);
    return new Map(all.flatMap(({ id, name }) => (ids.includes(id) ? [[id, { name }]] : [])));
  };

  const sites = async (site: string) => new Map([[site, { name: (await policies.site(site)).name }]]);

  const feeItems = async (site: string, codes: readonly string[], language: Language) =>
    new Map([...((await fees?.(site, codes, language)) ?? [])].map(([code, name]) => [code, { name }]));

  const OF_SITE = { parties, units, departments, sites, fees: feeItems };

  /** What is found of ids of one kind and site; whatever isn't there is unknown. */
  const found = async (
    kind: NamedKind,
    site: string | undefined,
    all: readonly IdInAnswer[],
    language: Language,
  ): Promise<Map<string, Found>> => {
    const ids = [...new Set(all.map(({ id }) => id))];
    if (kind === 'staff') return staff(ids.filter((id) => !isSystem(id)));
    return site === undefined || site === GROUP_POLICY ? new Map<string, Found>() : OF_SITE[kind](site, ids, language);
  };

  const sitesOf = async (places: readonly (string | undefined)[]) => {
    const all = [...new Set(places)].filter((site) => site !== undefined).filter((site) => site !== GROUP_POLICY);
    return new Map(await Promise.all(all.map(async (site) => [site, await policies.site(site)] as const)));
  };

  return async (answer, { site: here, actor, language }) => {
    const ids = idsIn(answer, here).filter(({ kind }) => fees || kind !== 'fees');
    const all = Map.groupBy(ids, ({ kind, site }) => (kind === 'staff' ? kind : `${kind} ${site}`));
    const names: Partial<Record<NamedKind, Record<string, string>>> = Object.fromEntries(
      KINDS.filter((kind) => ids.some((one) => one.kind === kind)).map((kind) => [kind, {}]),
    );
    let personal = false;
    await Promise.all(
      [...all.values()].map(async (some) => {
        const [{ kind, site }] = some as [IdInAnswer];
        const told = new Set(kind === 'parties' ? some.filter((one) => mayKnow(actor, one)) : some);
        const read = told.size > 0 ? await found(kind, site, [...told], language) : new Map<string, Found>();
        const called = names[kind] as Record<string, string>;
        // A bill's item is said as well; a code that nobody gave a name is none of a fee's.
        if (kind === 'fees') {
          for (const [code, is] of read) if ('name' in is) called[code] = is.name;
          return;
        }
        for (const one of some) {
          const is = isSystem(one.id) ? { why: 'name.system' as const } : (read.get(one.id) ?? UNKNOWN);
          const said = told.has(one) ? is : CONCEALED;
          const key = idOf(kind, one);
          if (kind === 'parties' && 'name' in said) personal = true;
          // One who stands in a case of their own and in another's is named by the first.
          if ('name' in said || called[key] === undefined)
            called[key] = 'name' in said ? said.name : say(said.why, language);
        }
      }),
    );
    return { site: here, names, personal, sites: await sitesOf([here, ...ids.map(({ site }) => site)]) };
  };
};

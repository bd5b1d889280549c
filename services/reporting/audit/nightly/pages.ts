import { inParallel } from '../../../../shared/aws/many.ts';
import { idsMade, PREFIX } from '../../../../shared/domain/ids.ts';
import { addDays, type Day, localDay, startOfDay } from '../../../../shared/time/clock.ts';
import { FAMILIES } from '../../figures/contract.ts';
import type { JournalName } from '../../figures/contract-store.ts';
import { compareDay, compareMonth, compareRoot, type Stores } from '../compare.ts';
import { compareBuilding, compareLevels, comparePosted, type Deps as Money, unsummed } from '../compare-money.ts';
import type { Finding, RebuildPage } from '../finding.ts';
import type { Rebuild } from '../rebuild-store.ts';
import { daysOf, isPicked, oneOf, type Sample } from './pick.ts';

export type SampleDeps = Stores & Money;

type Check = () => Promise<Finding[]>;
/** What one look at a part asks for: its comparisons, and where the part goes on, if it does. */
interface Some {
  checks: Check[];
  rows?: number;
  days?: number;
  next?: string | undefined;
}
type PartReader = (after: string | undefined) => Promise<Some>;

/** Ids listed at once: few where each is looked at, many where most are passed over. */
const [ALL, PASSED] = [100, 1_000] as const;
/** Comparisons after which a step ends, and those side by side. */
const A_STEP = 100;
const SIDE_BY_SIDE = 10;

const rootOf = (id: string): string => (id.startsWith(`${PREFIX.contact}_`) ? id.slice(PREFIX.contact.length + 1) : id);

/** What the journals of some aggregates come to: finds what was never counted, which no walk over rows would meet. */
const journalsOf =
  (
    deps: SampleDeps,
    site: string,
    { type, finished, ids, picked }: { type: JournalName; finished: boolean; ids: [string, string]; picked?: Sample },
  ): PartReader =>
  async (after) => {
    const page = await deps.journals.ids({ type, site, finished }, ids, picked ? PASSED : ALL, after);
    const some = picked ? page.ids.filter((id) => isPicked(picked, id)) : page.ids;
    const checks: Check[] = some.map((id) => () => compareRoot(deps, site, rootOf(id)));
    if (type === 'account') checks.push(...(await postingsOf(deps, site, some)));
    return { checks, rows: some.length, next: page.next };
  };

/** Whether accounts are posted as far as their journals go, and their buildings have sums at all. */
const postingsOf = async (deps: SampleDeps, site: string, accounts: readonly string[]): Promise<Check[]> => {
  const rows = [...(await deps.collection.posted(site, accounts)).values()];
  const buildings = await unsummed(deps, rows);
  return [
    ...accounts.map(
      (id): Check =>
        async () =>
          comparePosted(deps, site, await deps.journals.history('account', site, id)),
    ),
    ...buildings.map(
      ({ building }): Check =>
        () =>
          compareBuilding(deps, site, building),
    ),
  ];
};

/** The rows of a day: finds what was counted without a journal, and cases that began another day. */
const rowsOf =
  (deps: SampleDeps, site: string, day: Day, family: (typeof FAMILIES)[number]): PartReader =>
  async (after) => {
    const { rows, next } = await deps.reporting.cases(site, family, day, ALL, after);
    const roots = [...new Set(rows.map(({ key }) => key.root))];
    return { checks: roots.map((root) => () => compareRoot(deps, site, root)), rows: rows.length, next };
  };

const dayParts = (deps: SampleDeps, site: string, day: Day, zone: string): PartReader[] => {
  const [begins, ends] = [startOfDay(day, zone), startOfDay(addDays(day, 1), zone)];
  // A letter of the ladder bears its day.
  const dunned = `${PREFIX.letter}_${day.replaceAll('-', '')}`;
  const made = [
    { type: 'contact', ids: idsMade('contact', begins, ends) },
    { type: 'slip', ids: idsMade('slip', begins, ends) },
    { type: 'letter', ids: [dunned, `${dunned}~`] as [string, string] },
  ] as const;
  return [
    async () => ({
      checks: [() => compareDay(deps, site, day), () => compareMonth(deps, site, day)],
      days: 1,
    }),
    ...FAMILIES.map((family) => rowsOf(deps, site, day, family)),
    ...made.flatMap((one) => [false, true].map((finished) => journalsOf(deps, site, { ...one, finished }))),
  ];
};

const buildingsOf = async ({ collection }: SampleDeps, site: string): Promise<string[]> => {
  const all: string[] = [];
  for (let next = await collection.nextBuilding(site); next !== undefined; ) {
    all.push(next);
    next = await collection.nextBuilding(site, next);
  }
  return all;
};

/** Letters of a year are looked at for so many days after it. */
const LETTERS_DAYS = 100;

const moneyParts = (deps: SampleDeps, site: string, sample: Sample, today: Day): PartReader[] => {
  // Notices bear their run's period, which isn't the day on which they went: in January last year's are looked at, too.
  const [since, until] = [addDays(today, -LETTERS_DAYS), today].map((day) => `${PREFIX.letter}_${day.slice(0, 4)}-`);
  const shared = [
    { type: 'account', ids: [`${PREFIX.account}_`, `${PREFIX.account}_~`] as [string, string] },
    { type: 'letter', ids: [since, `${until}~`] as [string, string] },
  ] as const;
  return [
    ...shared.flatMap((one) =>
      [false, true].map((finished) => journalsOf(deps, site, { ...one, finished, picked: sample })),
    ),
    async () => {
      const building = oneOf(sample, site, await buildingsOf(deps, site));
      const its: Check[] = building === undefined ? [] : [() => compareBuilding(deps, site, building)];
      return { checks: [...its, () => compareLevels(deps, site)] };
    },
  ];
};

/** All that a night looks at of a site, in order; the same whenever the night is asked. */
const partsOf = async (
  deps: SampleDeps,
  { site, sample, startedAt }: Pick<Rebuild, 'startedAt'> & { site: string; sample: Sample },
) => {
  const { timeZone } = await deps.policies.site(site);
  const today = localDay(startedAt, timeZone);
  return [
    ...daysOf(sample, site, today).flatMap((day) => dayParts(deps, site, day, timeZone)),
    ...moneyParts(deps, site, sample, today),
  ];
};

/** Where a site's sample stands: at which part, and after what of it. */
export interface SamplePlace {
  part: number;
  after?: string | undefined;
}

/** A step of a site's sample: as much of it as a step holds. */
export const samplePage = async (
  deps: SampleDeps,
  { sample, startedAt }: Rebuild,
  site: string,
  from: SamplePlace | undefined,
): Promise<RebuildPage> => {
  let place: SamplePlace = from ?? { part: 0 };
  const done = { events: 0, rows: 0, days: 0 };
  const parts = await partsOf(deps, { startedAt, site, sample: sample as Sample });
  const checks: Check[] = [];
  while (place.part < parts.length && checks.length < A_STEP) {
    const some = await parts[place.part]!(place.after);
    checks.push(...some.checks);
    done.rows += some.rows ?? 0;
    done.days += some.days ?? 0;
    place = some.next === undefined ? { part: place.part + 1 } : { ...place, after: some.next };
  }
  const findings = (await inParallel(checks, SIDE_BY_SIDE, (check) => check())).flat();
  return { ...done, findings, next: place.part < parts.length ? { ...place } : undefined };
};

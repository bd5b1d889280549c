import { isDeepStrictEqual } from 'node:util';
import { inParallel } from '../../../shared/aws/many.ts';
import { aggregateTypeOf } from '../../../shared/domain/events.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import {
  type AccountRow,
  add,
  addTo,
  CELLS_BY,
  type CellRow,
  type CellSums,
  cellName,
  cellText,
  NOTHING,
  newestOf,
  type PostedAccount,
  type PostingDeps,
  post,
  stepsOf,
} from '../collections/contract.ts';
import type { Seen } from '../figures/contract.ts';
import { type Finding, settledFindings, together } from './finding.ts';

export interface Deps extends PostingDeps {
  policies: Policies;
}

/** Accounts listed in one page, and journals read side by side. */
const ACCOUNTS = 100;
const WIDTH = 8;

const rowText = (site: string, account: string) => `${site}#account#${account}`;
const shown = ({ version, line, building, latest, periods, due, holds }: PostedAccount): PostedAccount => ({
  version,
  line,
  building,
  latest,
  periods,
  due,
  holds,
});

/** Whether accounts are posted as far as some events of a site go; what isn't is posted from the journal. */
export const comparePosted = async (deps: Deps, site: string, events: readonly Seen[]): Promise<Finding[]> => {
  const ofAccounts = events.filter(({ name }) => aggregateTypeOf(name) === 'account');
  const rows = await deps.collection.posted(site, [...new Set(ofAccounts.map(({ aggregate }) => aggregate))]);
  const { timeZone } = await deps.policies.site(site);
  return [...Map.groupBy(ofAccounts, ({ aggregate }) => aggregate)].flatMap(([account, some]) => {
    const expected = Math.max(...some.map(({ version }) => version));
    const { version: found = 0 } = rows.get(account) ?? {};
    if (found >= expected) return [];
    const difference = {
      site,
      what: rowText(site, account),
      found: { version: found },
      expected: { version: expected },
    };
    return [{ difference, repair: () => post(deps, site, new Map([[account, []]]), timeZone) }];
  });
};

/** Buildings that have accounts but no sums at all; a walk over the sums would never meet them. */
export const unsummed = async (
  { collection }: Pick<Deps, 'collection'>,
  accounts: readonly { site: string; building: string }[],
) => {
  const distinct = [...new Map(accounts.map((one) => [`${one.site}#${one.building}`, one])).values()];
  const summed = await Promise.all(distinct.map(({ site, building }) => collection.hasCells(site, building)));
  return distinct.filter((_, i) => !summed[i]);
};

/** What an account's journal comes to, as far as its row says that it is posted; all of it where the row says more. */
const expectedOf = async ({ ledgers }: Deps, site: string, row: AccountRow, zone: string) => {
  const events = await ledgers(site, row.account);
  const cells: CellSums = new Map();
  let after = NOTHING;
  for (const step of stepsOf(row.account, undefined, events, zone)) {
    const { version, line } = step.after;
    if (version > row.version || (version === row.version && line > row.line)) break;
    after = step.after;
    for (const cell of step.cells.values()) addTo(cells, cell);
  }
  return { row, after, cells };
};

const accountsOf = async ({ collection }: Deps, site: string, building: string): Promise<AccountRow[]> => {
  const rows: AccountRow[] = [];
  for (let page = await collection.accounts(site, building, ACCOUNTS); ; ) {
    rows.push(...(await collection.posted(site, page.accounts)).values());
    if (!page.more) return rows;
    page = await collection.accounts(site, building, ACCOUNTS, page.accounts.at(-1));
  }
};

const cellsOf = async ({ collection }: Deps, site: string, level: Parameters<typeof collection.cells>[2]) =>
  (await Promise.all(CELLS_BY.map((by) => collection.cells(site, by, level, true)))).flat();

/** Cells that are not as they should be: what they should be, on top of what they were. */
const wrongCells = (
  site: string,
  found: readonly CellRow[],
  expected: CellSums,
): { is: CellRow; should: CellRow }[] => {
  const known = new Map(found.map((cell) => [cellName(cell.key), cell]));
  const absent = [...expected].filter(([name]) => !known.has(name));
  const all = [...found, ...absent.map(([, { key }]): CellRow => ({ site, key, version: 0, money: {} }))];
  return all.flatMap((is) => {
    // Without what is 0.
    const wanted = expected.get(cellName(is.key));
    const money = add({}, wanted?.money ?? {});
    return isDeepStrictEqual(add({}, is.money), money)
      ? []
      : [{ is, should: { ...is, money, asOf: newestOf([is, wanted]) } }];
  });
};

const cellFinding = ({ is, should }: { is: CellRow; should: CellRow }, repair: () => Promise<void>): Finding => ({
  difference: { site: is.site, what: cellText(is.site, is.key), found: is.money, expected: should.money },
  repair,
});

/** Sums are read before what they are sums of: what moves meanwhile has moved them too, and isn't overwritten. */
const lookAtBuilding = async (deps: Deps, site: string, building: string) => {
  const { timeZone } = await deps.policies.site(site);
  const found = await cellsOf(deps, site, { building });
  const rows = await accountsOf(deps, site, building);
  const expected = await inParallel(rows, WIDTH, (row) => expectedOf(deps, site, row, timeZone));
  const sums: CellSums = new Map();
  for (const { cells } of expected) {
    for (const cell of cells.values()) if (cell.key.building === building) addTo(sums, cell);
  }
  const wrong = expected.filter(({ row, after }) => !isDeepStrictEqual(shown(row), after));
  return { wrong, cells: wrongCells(site, found, sums) };
};

/** Whether a building's sums are those of its accounts' journals, to the fen. */
export const compareBuilding = (deps: Deps, site: string, building: string): Promise<Finding[]> => {
  /** Rows first: the sums are those of what the rows say is posted. */
  const repair = together(async () => {
    for (const { row, after } of (await lookAtBuilding(deps, site, building)).wrong) {
      await deps.collection.setPosted(row, after);
    }
    for (const { should } of (await lookAtBuilding(deps, site, building)).cells) await deps.collection.setCell(should);
  });
  return settledFindings(async () => {
    const { wrong, cells } = await lookAtBuilding(deps, site, building);
    return [
      ...wrong.map(({ row, after }): Finding => {
        const what = rowText(site, row.account);
        return { difference: { site, what, found: shown(row), expected: after }, repair };
      }),
      ...cells.map((cell) => cellFinding(cell, repair)),
    ];
  });
};

/** Whether the sums of fee items and of the whole site are those of its buildings. */
export const compareLevels = (deps: Deps, site: string): Promise<Finding[]> => {
  const compare = async () => {
    const above = [...(await cellsOf(deps, site, 'i')), ...(await cellsOf(deps, site, 't'))];
    const sums: CellSums = new Map();
    const count = ({ key, money, asOf }: CellRow) => {
      const { building: _, item, ...where } = key;
      if (item !== undefined) addTo(sums, { key: { ...where, item }, money, asOf });
      addTo(sums, { key: where, money, asOf });
    };
    for (const by of CELLS_BY)
      for await (const page of deps.collection.pages(site, by, 'b', true)) for (const cell of page) count(cell);
    return wrongCells(site, above, sums);
  };
  const repair = together(async () => {
    for (const { should } of await compare()) await deps.collection.setCell(should);
  });
  return settledFindings(async () => (await compare()).map((wrong) => cellFinding(wrong, repair)));
};

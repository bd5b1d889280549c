import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Directory, type UnitEntry, unitsOf } from '../../../shared/directory/units.ts';
import { byBuilding, byUnit, type DueItem, type Pool, sharedArea } from '../tariffs/contract.ts';
import type { Fees } from '../tariffs/contract-store.ts';

/** Units read at once. */
const PAGE = 1_000;

const unitsIn = async (directory: Directory, site: string, building: string): Promise<UnitEntry[]> => {
  const units: UnitEntry[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await unitsOf(directory, site, { building, after, limit: PAGE });
    units.push(...page.items);
    after = page.next;
  }
  return units;
};

type Amounts = Record<string, number>;

/** An amount that is worked out once and then stays: whoever is second takes what the first has put there. */
const frozen = async (
  { doc, own }: { doc: Fees['meterings']['doc']; own: string },
  key: { pk: string; sk: string },
  make: () => Promise<Amounts>,
): Promise<Amounts> => {
  const read = async () =>
    (await doc.send(new GetCommand({ TableName: own, Key: key, ConsistentRead: true }))).Item?.amounts as
      | Amounts
      | undefined;
  const known = await read();
  if (known) return known;
  try {
    const amounts = await make();
    await doc.send(
      new PutCommand({
        TableName: own,
        Item: { ...key, amounts },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    return amounts;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return (await read()) as Amounts;
  }
};

export interface Sharing {
  site: string;
  run: string;
  due: DueItem;
  pools: readonly Pool[];
}

/**
 * What the units of a building bear of an item's pool (fen); nothing where no pool names the building. Worked out when a
 * run first comes to it, and kept: a unit entered or corrected while the run goes on doesn't change what others pay.
 */
export const sharesIn = async (
  fees: Pick<Fees, 'meterings'>,
  directory: Directory,
  { site, run, due, pools }: Sharing,
  building: string,
): Promise<Map<string, number>> => {
  const pool = pools.find(({ buildings }) => buildings.includes(building));
  if (!pool) return new Map();
  const pk = `${site}#shares#${run}`;
  const { meterings } = fees;
  const amounts = await frozen(meterings, { pk, sk: `${due.code}#unit#${building}` }, async () => {
    const buildings = await frozen(meterings, { pk, sk: `${due.code}#pool#${pool.buildings[0]}` }, async () => {
      const areas = new Map<string, bigint>();
      for (const one of pool.buildings) areas.set(one, sharedArea(due, await unitsIn(directory, site, one)));
      return Object.fromEntries(byBuilding(pool, areas, due));
    });
    return Object.fromEntries(byUnit(buildings[building] ?? 0, await unitsIn(directory, site, building), due));
  });
  return new Map(Object.entries(amounts));
};

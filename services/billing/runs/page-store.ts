import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  type Directory,
  type UnitEntry,
  type UnitPayer,
  unitsBetween,
  unitsById,
} from '../../../shared/directory/units.ts';
import type { PartStretch } from './part.ts';
import type { Runs } from './store.ts';

/** Who paid for the units of a page as it was first read, and where the directory goes on. */
interface Read {
  units: { unit: string; payers: UnitPayer[] }[];
  next?: string;
}

export interface PagePlace {
  site: string;
  /** The part, and the version at which it has come to the page: that names the page. */
  part: string;
  version: number;
  stretch: PartStretch;
  after: string | undefined;
  limit: number;
}

/** Only the page a part is at is kept. @returns what was read first; `undefined` where the part has gone on since */
const firstRead = async (
  { parts: { doc, own } }: Runs,
  { site, part, version }: PagePlace,
  read: Read,
): Promise<Read | undefined> => {
  const key = { pk: `${site}#page#${part}`, sk: 'page' };
  try {
    await doc.send(
      new PutCommand({
        TableName: own,
        Item: { ...key, ...read, v: version },
        ConditionExpression: 'attribute_not_exists(pk) OR v < :v',
        ExpressionAttributeValues: { ':v': version },
      }),
    );
    return read;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const { Item } = await doc.send(new GetCommand({ TableName: own, Key: key, ConsistentRead: true }));
    return Item?.v === version ? (Item as unknown as Read) : undefined;
  }
};

/**
 * The units of a page, with the payers of when it was first read: whoever comes to it again, because its worker died or
 * at the same moment, bills the same people, whatever was sold meanwhile. Else a unit could be billed to two, or some of
 * its days to nobody, and nothing would look moved. It costs 8 write units a hundred units.
 * @returns `undefined` where somebody else has gone beyond the page
 */
export const unitsPageOf = async (
  deps: Runs & { directory: Directory },
  place: PagePlace,
): Promise<{ items: UnitEntry[]; next?: string } | undefined> => {
  const { directory } = deps;
  const { site, stretch, after, limit } = place;
  const page = await unitsBetween(directory, site, { ...stretch, after, limit });
  const { items, ...goesOn } = page;
  const read: Read = { units: items.map(({ unit, payers }) => ({ unit, payers })), ...goesOn };
  const first = await firstRead(deps, place, read);
  if (first === undefined || first === read) return first && page;
  const { units, next } = first;
  const present = await unitsById(
    directory,
    site,
    units.map(({ unit }) => unit),
  );
  const known = units.flatMap(({ unit, payers }) => {
    const entry = present.get(unit);
    return entry ? [{ ...entry, payers }] : [];
  });
  return { items: known, ...(next === undefined ? {} : { next }) };
};

import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Key } from '../aws/many.ts';
import { caseNumber, partsOf, type SoughtNumber } from '../domain/number.ts';
import type { Day } from '../time/clock.ts';

/**
 * How numbers lie in a journal's table:
 *   pk `<site>#numbers`                  sk `<prefix>#<day>`   how many were drawn that day
 *   pk `<site>#number#<prefix>#<serial>` sk `<day>#<id>`       whose it is
 */
interface Numbers {
  doc: DynamoDBDocumentClient;
  own: string;
}

/** The next number of a site's day: nobody gets it again. */
export const drawNumber = async ({ doc, own }: Numbers, site: string, prefix: string, day: Day): Promise<string> => {
  const { Attributes } = await doc.send(
    new UpdateCommand({
      TableName: own,
      Key: { pk: `${site}#numbers`, sk: `${prefix}#${day}` },
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return caseNumber(prefix, day, Attributes?.n as number);
};

const serialKey = (site: string, prefix: string, serial: number) => `${site}#number#${prefix}#${serial}`;

/** By which item a case is found that has a number. */
export const numberKeys = (state: unknown, { site, id }: { site: string; id: string }): Key[] => {
  const parts = partsOf((state as { number?: string }).number ?? '');
  return parts ? [{ pk: serialKey(site, parts.prefix, parts.serial), sk: `${parts.day}#${id}` }] : [];
};

/** Those of a number, newest first: of several days, where it names none. */
export const numberedIn = async <C>(
  { doc, own, heads }: Numbers & { heads(site: string, ids: readonly string[]): Promise<C[]> },
  site: string,
  { prefix, serial, from, to, isOf }: SoughtNumber,
): Promise<C[]> => {
  const { Items = [] } = await doc.send(
    new QueryCommand({
      TableName: own,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': serialKey(site, prefix, serial), ':from': from, ':to': `${to}#~` },
      ScanIndexForward: false,
    }),
  );
  const ids = Items.flatMap(({ sk }) => {
    const [day = '', id = ''] = (sk as string).split('#');
    return isOf(day) ? [id] : [];
  });
  return heads(site, ids);
};

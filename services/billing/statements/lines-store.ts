import { getAll, queryPages } from '../../../shared/aws/many.ts';
import { LIST_INDEX, listPartition } from '../../../shared/journal/layout.ts';
import { type Day, type Instant, isDay } from '../../../shared/time/clock.ts';
import { dayPrefix, remittedKey } from './remittance.ts';
import type { Remittances } from './store.ts';

/** Which line of a statement each payment is, and since when, by the payment; those that are none are left out. */
export const linesOf = async (
  { doc, own }: Pick<Remittances, 'doc' | 'own'>,
  site: string,
  payments: readonly string[],
): Promise<Map<string, { line: string; at: Instant }>> => {
  const keys = payments.map((payment) => remittedKey(site, payment));
  const found = new Map(
    (await getAll({ doc, table: own }, keys)).map(({ pk, of, at }) => [pk, { line: of as string, at: at as Instant }]),
  );
  return new Map(
    payments.flatMap((payment, i) => {
      const line = found.get(keys[i]?.pk ?? '');
      return line === undefined ? [] : [[payment, line] as const];
    }),
  );
};

/**
 * The lines of a day, a page at a time in the order of their ids: those to be claimed, or those done with, as their heads
 * say. The index that finds them follows a moment later.
 * @param after the id of the last line before
 */
export async function* linePages(
  { doc, own, type, heads }: Remittances,
  {
    site,
    day,
    finished,
    limit,
    after,
  }: { site: string; day: Day; finished: boolean; limit: number; after?: string | undefined },
) {
  const prefix = dayPrefix(day);
  const pages = queryPages(
    { doc, table: own },
    {
      IndexName: LIST_INDEX,
      KeyConditionExpression: '#list = :list AND id BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#list': 'list' },
      ExpressionAttributeValues: {
        ':list': listPartition(site, type.type, finished),
        // '!' sorts before all that an id goes on with: the next one, were it of the same line.
        ':from': after === undefined ? prefix : `${after}!`,
        ':to': `${prefix}~`,
      },
      Limit: limit,
    },
  );
  for await (const page of pages) {
    const found = await heads(
      site,
      page.map(({ id }) => id as string),
    );
    yield found.flatMap(({ id, state }) => (state && type.finished(state) === finished ? [{ id, state }] : []));
  }
}

/** The day of a line, which its id begins with. */
export const dayOfLine = (id: string): Day | undefined => {
  const [, year, month, date] = /_(\d{4})(\d\d)(\d\d)-/.exec(id) ?? [];
  const day = `${year}-${month}-${date}`;
  return isDay(day) ? day : undefined;
};

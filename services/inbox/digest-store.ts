import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { writeAll } from '../../shared/aws/many.ts';
import { ordered } from '../../shared/journal/ordered.ts';
import type { Day, Instant } from '../../shared/time/clock.ts';
import type { Kind, Notice, NoticeMailState, Said, SitePosition } from './notice.ts';
import { digestPk, type Inbox, type MailKey } from './store.ts';

/** A director's one email of a day: how much was said, and the first of it. */
export interface Digest {
  site: string;
  day: Day;
  staff: string;
  sitePosition: SitePosition;
  /** All as which they hear: it is mailed while they hold one of them. */
  positions?: SitePosition[];
  total: number;
  kinds: Partial<Record<Kind, number>>;
  /** The first `LISTED`, oldest first; the rest stands in the inbox. */
  listed: Said[];
  /** `gathering` until everything that waited is in it. */
  mail: NoticeMailState | 'gathering';
}
export type Waiting = Notice & MailKey;

/** Cases an email names at most. */
const LISTED = 50;
/** What waits is read, and moved into digests, by so much at a time: a transaction takes 100 items. */
const BATCH = 90;

export const isUnsent = (mail: Digest['mail']): boolean => mail === 'gathering' || mail === 'due' || mail === 'sending';

const digestKey = (site: string, day: Day, staff: string): MailKey => ({
  pk: digestPk(site),
  sk: `mail#${day}#${staff}`,
});

export const digestsIn = ({ doc, own, one, update }: Inbox) => {
  const query = async <T>(pk: string, from: string, to: string, start?: Record<string, unknown>) => {
    const answer: QueryCommandOutput = await doc.send(
      new QueryCommand({
        TableName: own,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
        ExclusiveStartKey: start,
        ConsistentRead: true,
        Limit: BATCH,
      }),
    );
    return { items: (answer.Items ?? []) as T[], next: answer.LastEvaluatedKey };
  };

  async function* pages<T>(pk: string, from: string, to: string) {
    let start: Record<string, unknown> | undefined;
    do {
      const page: { items: T[]; next: Record<string, unknown> | undefined } = await query<T>(pk, from, to, start);
      if (page.items.length > 0) yield page.items;
      start = page.next;
    } while (start);
  }

  /** Sites that have, or had, something for a digest. */
  const sites = () => pages<{ sk: string }>('digests', ' ', '~');
  /** What arrived for a site's digests by an instant (included), oldest first. */
  const waiting = (site: string, until: Instant) => pages<Waiting>(digestPk(site), 'wait#', `wait#${ordered(until)}#~`);
  const digests = (site: string, from: Day, to: Day) =>
    pages<Digest & MailKey>(digestPk(site), `mail#${from}`, `mail#${to}#~`);

  /** Whether anything of a site is left to do: something waits by an instant, or a digest since a day wasn't mailed. */
  const anyLeft = async (site: string, from: Day, until: Instant): Promise<boolean> => {
    // Digests lie before what waits.
    const all = pages<{ sk: string; mail: Digest['mail'] }>(digestPk(site), `mail#${from}`, `wait#${ordered(until)}#~`);
    for await (const page of all)
      if (page.some(({ sk, mail }) => sk.startsWith('wait#') || isUnsent(mail))) return true;
    return false;
  };

  /**
   * Moves what waits for one person from waiting into their digest of a day, in one transaction: each is in exactly one
   * digest, whatever crashes. One that is closed takes no more; the rest waits for the next day's.
   */
  const gather = async (site: string, day: Day, staff: string, rows: readonly Waiting[]): Promise<void> => {
    const key = digestKey(site, day, staff);
    const before = await one<Digest>(key);
    if (before && before.mail !== 'gathering') return;
    const kinds = { ...before?.kinds };
    for (const { kind } of rows) kinds[kind] = (kinds[kind] ?? 0) + 1;
    const digest: Digest = {
      site,
      day,
      staff,
      sitePosition: (rows.at(-1) as Waiting).sitePosition,
      positions: positionsOf([...(before?.positions ?? []), ...rows.map(({ sitePosition }) => sitePosition)]),
      total: (before?.total ?? 0) + rows.length,
      kinds,
      listed: [...(before?.listed ?? []), ...rows.map(saidOf)].slice(0, LISTED),
      mail: 'gathering',
    };
    const Put = {
      TableName: own,
      Item: { ...key, ...digest },
      ...(before
        ? {
            ConditionExpression: 'mail = :gathering AND #total = :before',
            ExpressionAttributeNames: { '#total': 'total' },
            ExpressionAttributeValues: { ':gathering': 'gathering', ':before': before.total },
          }
        : { ConditionExpression: 'attribute_not_exists(pk)' }),
    };
    const taken = rows.map(({ pk, sk }) => ({
      Delete: { TableName: own, Key: { pk, sk }, ConditionExpression: 'attribute_exists(pk)' },
    }));
    await writeAll(doc, [{ Put }, ...taken]);
  };

  /** Everything that waited is in it: it may be mailed. */
  const close = (key: MailKey) =>
    update(key, 'SET mail = :due', 'mail = :gathering', { ':due': 'due', ':gathering': 'gathering' });

  return { sites, anyLeft, waiting, digests, gather, close };
};

export type Digests = ReturnType<typeof digestsIn>;

const positionsOf = (all: readonly SitePosition[]): SitePosition[] => [
  ...new Map(all.map((one) => [`${one.site} ${one.role} ${one.department ?? ''}`, one])).values(),
];

const saidOf = ({ kind, site, type, about, duty, what, due, at, number, unit }: Waiting): Said => ({
  kind,
  site,
  type,
  about,
  duty,
  ...(what === undefined ? {} : { what }),
  due,
  at,
  ...(number === undefined ? {} : { number }),
  ...(unit === undefined ? {} : { unit }),
});

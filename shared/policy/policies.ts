import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { notFound } from '../domain/refusal.ts';
import type { Clock, Instant } from '../time/clock.ts';
import {
  DEFAULT_POLICY,
  type PolicyVersion,
  policyKey,
  type SiteFacts,
  siteKey,
  type Timeline,
  timelineOf,
  withDefaults,
} from './policy.ts';

const CACHE_MS = 60_000;
/** Versions kept by an instance, in some 16 MB. */
const MOST_KEPT = 20_000;
/** Versions read at once. */
const AT_ONCE = 4;

/** A version as it was published; of a value that was declared after it, the default. */
const complete = (item: Record<string, unknown>): PolicyVersion => {
  const version = item as unknown as PolicyVersion;
  return { ...version, values: withDefaults(version.values) };
};

/** Reads sites and their policies from the registry's published items, by key; cached for at most a minute. */
export const policies = ({ doc, registry, clock }: { doc: DynamoDBDocumentClient; registry: string; clock: Clock }) => {
  const sites = new Map<string, { until: Instant; facts: SiteFacts }>();
  const current = new Map<string, { until: Instant; versions: PolicyVersion[] }>();
  const frozen = new Map<string, PolicyVersion>();

  const site = async (id: string): Promise<SiteFacts> => {
    const known = sites.get(id);
    if (known && known.until > clock()) return known.facts;
    const { Item } = await doc.send(new GetCommand({ TableName: registry, Key: siteKey(id) }));
    if (!Item) throw notFound(id);
    return keep(Item as unknown as SiteFacts);
  };
  const keep = (facts: SiteFacts): SiteFacts => {
    sites.set(facts.site, { until: clock() + CACHE_MS, facts });
    return facts;
  };

  /** A page of the group's sites by id, each known from then on. @param after the last id of the page before */
  const list = async (limit: number, after = ' '): Promise<{ items: SiteFacts[]; more: boolean }> => {
    const { Items = [], LastEvaluatedKey } = await doc.send(
      new QueryCommand({
        TableName: registry,
        KeyConditionExpression: 'pk = :pk AND sk > :after',
        ExpressionAttributeValues: { ':pk': siteKey('').pk, ':after': after },
        Limit: limit,
      }),
    );
    return { items: (Items as unknown as SiteFacts[]).map(keep), more: LastEvaluatedKey !== undefined };
  };

  /** A version as it was read: each is put together once, however often it is read again. */
  const kept = (id: string, item: Record<string, unknown>): PolicyVersion => {
    const name = `${id}#${item.version}`;
    const known = frozen.get(name);
    if (known) return known;
    const read = complete(item);
    if (frozen.size >= MOST_KEPT) frozen.clear();
    frozen.set(name, read);
    return read;
  };

  /** Newest first, as far back as to the one in effect at an instant: mostly the newest, or the few that are announced behind it. */
  const versions = async (id: string, instant: Instant) => {
    const read: PolicyVersion[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await doc.send(
        new QueryCommand({
          TableName: registry,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': policyKey(id, 0).pk },
          ScanIndexForward: false,
          ExclusiveStartKey: from,
          Limit: AT_ONCE,
        }),
      );
      read.push(...Items.map((item) => kept(id, item)));
      from = LastEvaluatedKey;
    } while (from && !read.some(({ effective }) => effective <= instant));
    return read;
  };

  /** Whether a version is a site's newest still, by what the site's facts say, where those are known. */
  const isNewest = (id: string, version: PolicyVersion | undefined): boolean => {
    const known = sites.get(id);
    return known !== undefined && known.until > clock() && known.facts.policy === version?.version;
  };

  /** What was in effect since an instant, and what is announced, oldest first: each until the next one is. */
  const since = async (id: string, instant: Instant): Promise<Timeline> => {
    const cached = current.get(id);
    const reaches = cached?.versions.some(({ effective }) => effective <= instant);
    if (cached && reaches && (cached.until > clock() || isNewest(id, cached.versions[0])))
      return timelineOf(cached.versions, instant);
    const read = await versions(id, instant);
    current.set(id, { until: clock() + CACHE_MS, versions: read });
    return timelineOf(read, instant);
  };

  /** The version in effect at an instant. A site without one of its own has the defaults, version 0. */
  const at = async (id: string, instant: Instant): Promise<PolicyVersion> => (await since(id, instant))[0];

  /** The version a case began under; immutable, so kept for good. */
  const version = async (id: string, n: number): Promise<PolicyVersion> => {
    if (n === 0) return { version: 0, effective: 0, values: DEFAULT_POLICY };
    const known = frozen.get(`${id}#${n}`);
    if (known) return known;
    const { Item } = await doc.send(new GetCommand({ TableName: registry, Key: policyKey(id, n) }));
    if (!Item) throw new Error(`policy version ${id}#${n} is missing`);
    return kept(id, Item);
  };

  return { site, list, at, since, version };
};

export type Policies = ReturnType<typeof policies>;

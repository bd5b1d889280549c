import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { EXPIRES } from '../aws/table.ts';
import type { TransactItem } from '../aws/transact-item.ts';
import { type Details, Refusal } from '../domain/refusal.ts';
import type { Policies } from '../policy/policies.ts';
import { GROUP_POLICY, type PolicyValues } from '../policy/policy.ts';
import { DAY, endOfDay, HOUR, type Instant, MINUTE, SECOND } from '../time/clock.ts';

/** How a limit says no. */
type Says = (details: Details, retryAfter: number) => Refusal;

/** What one person may do only so often at a site: which value of the policy says how often, and how it is refused. */
const LIMITS = {
  important: {
    value: 'importantPerDay',
    per: 'day',
    says: (details, retryAfter) => new Refusal('too-many', 'limit.important', details, [], { retryAfter }),
  },
  mails: {
    value: 'mailsPerHour',
    per: 'hour',
    says: (details, retryAfter) => new Refusal('too-many', 'limit.mails', details, [], { retryAfter }),
  },
  imports: {
    value: 'importsPerHour',
    per: 'hour',
    says: (details, retryAfter) => new Refusal('too-many', 'limit.imports', details, [], { retryAfter }),
  },
  rehearsals: {
    value: 'rehearsalsPerHour',
    per: 'hour',
    says: (details, retryAfter) => new Refusal('too-many', 'limit.rehearsals', details, [], { retryAfter }),
  },
  rebuilds: {
    value: 'rebuildsPerDay',
    per: 'day',
    says: (details, retryAfter) => new Refusal('too-many', 'limit.rebuilds', details, [], { retryAfter }),
  },
} as const satisfies Record<string, { value: keyof PolicyValues; per: 'hour' | 'day'; says: Says }>;
export type LimitName = keyof typeof LIMITS;

/** A limit as it stands for somebody at a moment. */
export interface Limit {
  name: LimitName;
  /** Where it is counted: an item for each person, site and hour (or day), which goes by itself some time after. */
  pk: string;
  most: number;
  /** For how many this one counts. */
  by: number;
  now: Instant;
  /** When counting begins anew. */
  until: Instant;
}

/** @param by for how many it counts; one when left out */
export const limitOf = async (
  policies: Policies,
  name: LimitName,
  { site, staff, now, by = 1 }: { site: string; staff: string; now: Instant; by?: number },
): Promise<Limit> => {
  const { value, per } = LIMITS[name];
  const [{ values }, zone] = await Promise.all([
    policies.at(site, now),
    site === GROUP_POLICY ? 'UTC' : policies.site(site).then(({ timeZone }) => timeZone),
  ]);
  const until = per === 'hour' ? (Math.floor(now / HOUR) + 1) * HOUR : endOfDay(now, zone);
  return { name, pk: `${site}#limit#${name}#${staff}#${until}`, most: values[value], by, now, until };
};

/** The answer once it is reached: a 429 that says when it comes right. */
export const overLimit = ({ name, most, now, until }: Limit): Refusal =>
  LIMITS[name].says({ most, minutes: Math.ceil((until - now) / MINUTE) }, Math.ceil((until - now) / SECOND));

const COUNT = 'count';
const expires = ({ until }: Limit) => Math.ceil((until + DAY) / SECOND);

/** Counts it in the transaction of what it limits, so that only what is done counts. @throws Refusal where it alone is too much */
export const limitItem = (own: string, limit: Limit): { Update: NonNullable<TransactItem['Update']> } => {
  const { pk, by, most } = limit;
  if (by > most) throw overLimit(limit);
  return {
    Update: {
      TableName: own,
      Key: { pk, sk: COUNT },
      UpdateExpression: `ADD n :by SET ${EXPIRES} = :expires`,
      ConditionExpression: 'attribute_not_exists(n) OR n <= :room',
      ExpressionAttributeValues: { ':by': by, ':room': most - by, ':expires': expires(limit) },
    },
  };
};

/** Whether a write failed at its limit alone, which is its last item: what else failed is looked at first. */
export const isOver = (error: unknown): boolean => {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code = 'None' }) => Code);
  return codes.at(-1) === 'ConditionalCheckFailed' && codes.slice(0, -1).every((code) => code === 'None');
};

/**
 * Counts what is limited before it is begun, for its work is what is to be limited: the same sent again under its key is done, and
 * counted, again.
 * @throws Refusal once the limit is reached
 */
export const countNow = async (
  { doc, own }: { doc: DynamoDBDocumentClient; own: string },
  limit: Limit,
): Promise<void> => {
  try {
    await doc.send(new UpdateCommand(limitItem(own, limit).Update));
  } catch (error) {
    throw isOver(error) ? overLimit(limit) : error;
  }
};

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type FeeNames, namesIn } from '../http/names.ts';
import { readDuePartitions } from '../journal/due-partitions.ts';
import { access } from '../people/access.ts';
import { type Policies, policies } from '../policy/policies.ts';
import type { Aws } from './aws.ts';
import { retryThrottled } from './throttled.ts';

/** The environment variable that carries a table's name; the construct that grants a table sets it. */
export const tableVariable = (table: string): string => `TABLE_${table.toUpperCase()}`;

/** Read when it is first needed, by each instance anew; a read that failed is made again. */
const onceRead = <T>(read: () => Promise<T>): (() => Promise<T>) => {
  let known: Promise<T> | undefined;
  const reading = () =>
    read().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
  return () => {
    known ??= reading();
    return known;
  };
};

/**
 * What real handlers stand on: made once per instance, at the edge, and handed in. What needs the registry is made when
 * it is taken, so that a function without that grant needs no name of its table.
 */
export const wire = (aws: Aws) => {
  const { clock, random, token } = aws;
  const doc = aws.client(DynamoDBDocumentClient, () =>
    DynamoDBDocumentClient.from(retryThrottled(new DynamoDBClient({})), {
      marshallOptions: { removeUndefinedValues: true },
    }),
  );
  const registry = () => aws.required(tableVariable('registry'));
  /** One for all that an instance does: what one has learnt of a site the others know, for a minute. */
  let known: Policies | undefined;
  return {
    doc,
    clock,
    random,
    token,
    get access() {
      return access({ doc, registry: registry(), clock, admin: aws.optional('ADMIN_SUBJECT') });
    },
    get policies() {
      known ??= policies({ doc, registry: registry(), clock });
      return known;
    },
    get named() {
      const personal = aws.optional(tableVariable('personal'));
      return namesIn({ doc, registry: registry(), personal, policies: this.policies, clock });
    },
    /** The same where a service knows what is charged. */
    namedWith(fees: FeeNames) {
      const personal = aws.optional(tableVariable('personal'));
      return namesIn({ doc, registry: registry(), personal, policies: this.policies, clock, fees });
    },
    get registry() {
      return registry();
    },
    tables: (own: string) => ({
      doc,
      own: aws.required(tableVariable(own)),
      personal: aws.optional(tableVariable('personal')),
      clock,
      duePartitions: onceRead(() => readDuePartitions({ doc, table: aws.required(tableVariable(own)) })),
    }),
  };
};

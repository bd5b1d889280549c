import { randomBytes, randomInt } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { readDuePartitions } from '../journal/due-partitions.ts';
import { access } from '../people/access.ts';
import { policies } from '../policy/policies.ts';
import { systemClock } from '../time/clock.ts';
import { required } from './environment.ts';
import { retryThrottled } from './throttled.ts';
import { timely } from './timely.ts';

export { required };

/** The environment variable that carries a table's name; the construct that grants a table sets it. */
export const tableVariable = (table: string): string => `TABLE_${table.toUpperCase()}`;

/** As many different chances as one draw of the machine's random numbers gives. */
const CHANCES = 2 ** 47;
/** What nobody can guess: 128 bits, 22 characters. */
const TOKEN_BYTES = 16;

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
export const wire = () => {
  const doc = timely(
    DynamoDBDocumentClient.from(retryThrottled(new DynamoDBClient({})), {
      marshallOptions: { removeUndefinedValues: true },
    }),
  );
  const clock = systemClock;
  const registry = () => required(tableVariable('registry'));
  return {
    doc,
    clock,
    random: () => randomInt(CHANCES) / CHANCES,
    token: () => randomBytes(TOKEN_BYTES).toString('base64url'),
    get access() {
      return access({ doc, registry: registry(), clock, admin: process.env.ADMIN_SUBJECT });
    },
    get policies() {
      return policies({ doc, registry: registry(), clock });
    },
    get registry() {
      return registry();
    },
    tables: (own: string) => ({
      doc,
      own: required(tableVariable(own)),
      personal: process.env[tableVariable('personal')],
      clock,
      duePartitions: onceRead(() => readDuePartitions({ doc, table: required(tableVariable(own)) })),
    }),
  };
};

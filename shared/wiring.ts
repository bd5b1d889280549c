import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { access } from './access.ts';
import { systemClock } from './clock.ts';
import { policies } from './policy.ts';

/** The environment variable that carries a table's name; the construct that grants a table sets it. */
export const tableVariable = (table: string): string => `TABLE_${table.toUpperCase()}`;

export const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
};

/** What real handlers stand on: made once per instance, at the edge, and handed in. */
export const wire = () => {
  const doc = DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });
  const clock = systemClock;
  const registry = required(tableVariable('registry'));
  return {
    doc,
    clock,
    chance: Math.random,
    access: access({ doc, registry, clock, admin: process.env.ADMIN_SUBJECT }),
    policies: policies({ doc, registry, clock }),
    registry,
    tables: (own: string) => ({
      doc,
      own: required(tableVariable(own)),
      personal: process.env[tableVariable('personal')],
      duePartitions: Number(process.env.DUE_PARTITIONS ?? '1'),
    }),
  };
};

export type Wired = ReturnType<typeof wire>;

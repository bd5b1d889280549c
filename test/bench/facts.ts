import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDeployment } from '../../local/template/index.ts';
import { type Idle, idleIn } from './idle.ts';
import { nameOf } from './shape.ts';

/** What the template sets that bounds how fast something goes; by construct path of functions. */
export interface Facts {
  /** Requests a second that the API lets through. */
  apiPerSecond: number;
  mailPerSecond: number;
  /** Functions at once that read a queue. */
  widths: Record<string, number>;
  /** Batches at once a shard, by table and reader. */
  readers: { table: string; reader: string; parallel: number; batch: number }[];
  /** The longest that a function runs (s). */
  timeouts: Record<string, number>;
  /** What is paid for by the month whether anything happens or not. */
  idle: Idle;
}

/** Reads them of what was synthesized. */
export const factsOf = (assembly: string): Facts => {
  const template = (stack: string) =>
    JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), 'utf8')) as {
      Parameters: Record<string, { Default: unknown }>;
    };
  const { functions, mappings, tables } = readDeployment(assembly);
  const byArn = new Map(functions.map(({ arn, path }) => [arn, path.replace(/\/Function$/, '')]));
  const nameBy = (arn: string) => byArn.get(arn) ?? arn;
  return {
    apiPerSecond: Number(template('HuiyinFront').Parameters.RequestsPerSecond?.Default),
    mailPerSecond: Number(template('HuiyinLetters').Parameters.MailPerSecond?.Default),
    widths: Object.fromEntries(
      mappings.flatMap(({ functionArn, maxConcurrency }) =>
        maxConcurrency ? [[nameBy(functionArn), maxConcurrency]] : [],
      ),
    ),
    readers: mappings.flatMap(({ source, functionArn, parallelization, batchSize }) => {
      const table = tables.find(({ stream }) => stream?.arn === source);
      return table
        ? [{ table: nameOf(table), reader: nameBy(functionArn), parallel: parallelization, batch: batchSize }]
        : [];
    }),
    timeouts: Object.fromEntries(functions.map(({ arn, timeoutMs }) => [nameBy(arn), timeoutMs / 1000])),
    idle: idleIn(assembly),
  };
};

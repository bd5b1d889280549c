import { marshall } from '@aws-sdk/util-dynamodb';
import { expect } from 'vitest';
import type { AnyCloud } from '../../local/in-memory/any-cloud.ts';
import { itemsIn, modelOf } from './tables.ts';

/** Records in a batch. */
const BATCH = 50;

/**
 * A table's stream from its very start: every event its journals ever had, in the order in which they happened, is handed
 * to each reader the template names, and whatever they cause is done. A stream forgets after a day, so that this is made
 * of the journals, as a republish would be.
 * @returns how many events that were
 */
export const tellsAllAgain = async (cloud: AnyCloud, table: string): Promise<number> => {
  const { stream } = modelOf(cloud, table);
  const events = (await itemsIn(cloud, table)).filter(({ sk }) => sk.startsWith('e#'));
  events.sort((a, b) => Number(a.at) - Number(b.at) || Number(a.version) - Number(b.version));
  const records = events.map((event, i) => ({
    eventID: `again-${i}`,
    eventName: 'INSERT',
    dynamodb: {
      Keys: marshall({ pk: event.pk, sk: event.sk }),
      NewImage: marshall(event, { removeUndefinedValues: true }),
      SequenceNumber: String(i).padStart(21, '0'),
    },
  }));
  const readers = cloud.deployment.mappings.filter(({ source }) => source === stream?.arn);
  expect(readers.length, `readers of ${table}`).toBeGreaterThan(0);
  for (const { functionArn } of readers) {
    const reader = cloud.deployment.functions.find((fn) => fn.arn === functionArn);
    for (let i = 0; i < records.length; i += BATCH) {
      const answer = await cloud.invoke(reader?.path ?? '', { Records: records.slice(i, i + BATCH) });
      expect(answer, `${reader?.path} takes all of it`).toEqual({ batchItemFailures: [] });
    }
    await cloud.clock.settle();
  }
  return events.length;
};

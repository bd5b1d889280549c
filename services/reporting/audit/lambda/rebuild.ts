import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../../shared/aws/aws.ts';
import { enqueueTo } from '../../../../shared/aws/queue.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { queue } from '../../../../shared/lambda/queue.ts';
import { collectionIn } from '../../collections/contract-store.ts';
import { journalsIn, reportingIn } from '../../figures/contract-store.ts';
import { rebuilder, sendTo } from '../rebuild-queue.ts';
import { rebuildsIn } from '../rebuild-store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const sqs = aws.client(SQSClient, () => new SQSClient({}));
  const alarm = enqueueTo(sqs, aws.required('DIFFERENCES_QUEUE_URL'));
  const tables = wired.tables('reporting');
  const journalTables = {
    contacts: wired.tables('contacts').own,
    complaints: wired.tables('complaints').own,
    callbacks: wired.tables('callbacks').own,
    billing: wired.tables('billing').own,
  };
  const journals = journalsIn({ doc: wired.doc, tables: journalTables });
  return queue(
    rebuilder({
      ...wired,
      slices: 8,
      reporting: reportingIn(tables),
      collection: collectionIn(tables),
      rebuilds: rebuildsIn(tables),
      journals,
      ledgers: journals.ledgers,
      send: sendTo(sqs, aws.required('REBUILD_QUEUE_URL')),
      alarm: (found) => alarm([found]),
    }),
  );
};

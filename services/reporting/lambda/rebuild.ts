import { SQSClient } from '@aws-sdk/client-sqs';
import { required, wire } from '../../../shared/wiring.ts';
import { collectionIn } from '../collection/store.ts';
import { journalsIn } from '../journal-store.ts';
import { rebuilder, sendTo } from '../rebuild-queue.ts';
import { rebuildsIn } from '../rebuild-store.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reporting');
const journalTables = {
  contacts: wired.tables('contacts').own,
  complaints: wired.tables('complaints').own,
  callbacks: wired.tables('callbacks').own,
  billing: wired.tables('billing').own,
};
const journals = journalsIn({ doc: wired.doc, tables: journalTables });
export const handler = rebuilder({
  ...wired,
  reporting: reportingIn(tables),
  collection: collectionIn(tables),
  rebuilds: rebuildsIn(tables),
  journals,
  ledgers: journals.ledgers,
  send: sendTo(new SQSClient({}), required('REBUILD_QUEUE_URL')),
});

import { SQSClient } from '@aws-sdk/client-sqs';
import { required, wire } from '../../../shared/wiring.ts';
import { rebuilder, sendTo } from '../rebuild-queue.ts';
import { journalsIn, rebuildsIn } from '../rebuild-store.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reporting');
const journals = {
  contacts: wired.tables('contacts').own,
  complaints: wired.tables('complaints').own,
  callbacks: wired.tables('callbacks').own,
  billing: wired.tables('billing').own,
};
export const handler = rebuilder({
  ...wired,
  reporting: reportingIn(tables),
  rebuilds: rebuildsIn(tables),
  journals: journalsIn({ doc: wired.doc, tables: journals }),
  send: sendTo(new SQSClient({}), required('REBUILD_QUEUE_URL')),
});

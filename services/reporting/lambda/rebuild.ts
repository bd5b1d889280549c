import { SQSClient } from '@aws-sdk/client-sqs';
import { required, wire } from '../../../shared/wiring.ts';
import { rebuilder, sendTo } from '../rebuild-queue.ts';
import { journalsIn, rebuildsIn } from '../rebuild-store.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('reporting');
const journals = {
  contact: wired.tables('contacts').own,
  complaint: wired.tables('complaints').own,
  callback: wired.tables('callbacks').own,
};
export const handler = rebuilder({
  ...wired,
  reporting: reportingIn(tables),
  rebuilds: rebuildsIn(tables),
  journals: journalsIn({ doc: wired.doc, tables: journals }),
  send: sendTo(new SQSClient({}), required('REBUILD_QUEUE_URL')),
});

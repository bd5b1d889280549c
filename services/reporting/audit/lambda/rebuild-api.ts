import { SQSClient } from '@aws-sdk/client-sqs';
import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { http } from '../../../../shared/lambda/http.ts';
import { rebuildRoutes } from '../rebuild-api.ts';
import { sendTo } from '../rebuild-queue.ts';
import { rebuildsIn } from '../rebuild-store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const counters = wired.tables('reporting');
  return http(rebuildRoutes, {
    ...wired,
    rebuilds: rebuildsIn(counters),
    counters,
    send: sendTo(
      aws.client(SQSClient, () => new SQSClient({})),
      aws.required('REBUILD_QUEUE_URL'),
    ),
  });
};

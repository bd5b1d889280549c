import type { RemovalPolicy } from 'aws-cdk-lib';
import { type CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { parameter } from './parameters.ts';

/** A log that is kept as long as the deployment says. */
export const keptLog = (scope: Construct, id: string, removalPolicy?: RemovalPolicy): LogGroup => {
  const log = new LogGroup(scope, id, { ...(removalPolicy === undefined ? {} : { removalPolicy }) });
  (log.node.defaultChild as CfnLogGroup).retentionInDays = parameter(scope, 'LogDays').valueAsNumber;
  return log;
};

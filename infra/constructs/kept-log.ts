import { CfnParameter, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** What CloudWatch takes from six months on, for so long network logs are kept at least (Cybersecurity Law 网络安全法, art. 21). */
const DAYS = [180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** How long a stack's logs are kept. Every stack has it, so that one `--parameters LogDays=…` goes to all of them. */
export const logDays = (scope: Construct): CfnParameter => {
  const stack = Stack.of(scope);
  return (
    (stack.node.tryFindChild('LogDays') as CfnParameter | undefined) ??
    new CfnParameter(stack, 'LogDays', {
      type: 'Number',
      default: DAYS[0],
      allowedValues: DAYS.map(String),
      description: 'Days that logs are kept: six months, or longer',
    })
  );
};

/** A log that is kept as long as the deployment says. */
export const keptLog = (scope: Construct, id: string, removalPolicy?: RemovalPolicy): LogGroup => {
  const log = new LogGroup(scope, id, { ...(removalPolicy === undefined ? {} : { removalPolicy }) });
  (log.node.defaultChild as CfnLogGroup).retentionInDays = logDays(scope).valueAsNumber;
  return log;
};

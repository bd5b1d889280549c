import { Stack } from 'aws-cdk-lib';
import { ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

const kebab = (id: string) => id.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

/** What something is called in the log and in the runbooks: its stack, then itself. */
export const headingOf = (construct: Construct): string =>
  `${kebab(Stack.of(construct).stackName.replace(/^Huiyin/, ''))}-${kebab(construct.node.id)}`;

/** Rings when a metric is above nothing; says what it means for people, and under which heading stands what to do. */
export const alarm = (
  alarmed: Construct,
  metric: Metric,
  { errorImpact, runbook, alarms }: { errorImpact: string; runbook: 'functions' | 'dead-letters'; alarms: ITopic },
): void => {
  metric
    .createAlarm(alarmed, 'Alarm', {
      alarmDescription: `${errorImpact} Runbook: docs/runbooks/${runbook}.md#${headingOf(alarmed)}`,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    .addAlarmAction(new SnsAction(alarms));
};

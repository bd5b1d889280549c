import { Stack } from 'aws-cdk-lib';
import { ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

const kebab = (id: string) => id.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

export const partOf = (construct: Construct): string => kebab(Stack.of(construct).stackName.replace(/^Huiyin/, ''));

/** What something is called in the log and in the runbooks: its stack, then itself. */
export const headingOf = (construct: Construct): string => `${partOf(construct)}-${kebab(construct.node.id)}`;

/**
 * Rings when a metric is above a limit (nothing, if not said); says what it means for people, and under which heading stands what to do.
 * The description is what the mail has: `which` says how one of all that the metric is of is named.
 */
export const alarm = (
  alarmed: Construct,
  id: string,
  metric: Metric,
  {
    says,
    heading,
    which,
    alarms,
    above = 0,
    periods = 1,
  }: { says: string; heading: string; which?: string; alarms: ITopic; above?: number; periods?: number },
): void => {
  metric
    .createAlarm(alarmed, id, {
      alarmDescription: `${says} Runbook: docs/runbooks/alarms.md#${heading}${which ? ` ${which}` : ''}`,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    .addAlarmAction(new SnsAction(alarms));
};

import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { BEHIND, FAILED, IMPACT, NAMESPACE } from '../../shared/lambda/impact.ts';
import { alarm } from './alarm.ts';

const period = Duration.minutes(5);
/** Of twenty requests one may take so long (ms): people wait for most answers a tenth of it. */
const SLOW = 5_000;

/** What names the function: a question to the log, for the metric is of all of them. */
const asksLog = (dimension: string, value: string, metric: string) =>
  `Which function: Logs Insights, log groups Huiyin*: filter ${dimension} = "${value}" and ispresent(${metric}) | stats count() by fn, code, error`;

/** The alarms of the whole: each over one metric, which costs the same whatever it is over. */
export const platformAlarms = (scope: Construct, api: HttpApi, alarms: ITopic): void => {
  for (const [impact, says] of Object.entries(IMPACT)) {
    const failed = new Metric({
      namespace: NAMESPACE,
      metricName: FAILED,
      dimensionsMap: { impact },
      period,
      statistic: 'Sum',
    });
    alarm(scope, `Failed-${impact}`, failed, {
      says,
      heading: `failed-${impact}`,
      which: asksLog('impact', impact, FAILED),
      alarms,
    });
  }
  const ofLambda = (metricName: string) =>
    new Metric({ namespace: 'AWS/Lambda', metricName, period, statistic: 'Sum' });
  alarm(scope, 'Throttled', ofLambda('Throttles'), {
    says: 'More runs at once than the account may: whatever was not begun is tried again, and API calls fail.',
    heading: 'throttled',
    alarms,
  });
  alarm(scope, 'Errors', ofLambda('Errors'), {
    says: 'A function ended without a word of its own, or with one: it ran out of time or memory, could not start, or failed.',
    heading: 'errors',
    alarms,
  });
  alarm(scope, 'Slow', api.metricLatency({ period, statistic: 'p95' }), {
    says: 'People wait for answers of the API.',
    heading: 'slow',
    alarms,
    above: SLOW,
    periods: 3,
  });
  for (const [by, says] of [
    ['stream', 'What happened is passed on and counted more than a quarter of an hour later.'],
    ['queue', 'Messages wait for more than a quarter of an hour: mails, receipts, bills or reports come late.'],
  ] as const) {
    const late = new Metric({
      namespace: NAMESPACE,
      metricName: BEHIND,
      dimensionsMap: { by },
      period,
      statistic: 'Maximum',
    });
    alarm(scope, `Behind-${by}`, late, { says, heading: `behind-${by}`, which: asksLog('by', by, BEHIND), alarms });
  }
};

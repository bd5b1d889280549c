import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { schedule } from '../../../../shared/lambda/schedule.ts';
import { reportingIn } from '../../figures/contract-store.ts';
import { findAtRisk } from '../at-risk/find.ts';
import { headsIn } from '../at-risk/owners.ts';
import { alertsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const { policies, clock } = wired;
  return schedule(
    findAtRisk({
      policies,
      clock,
      reporting: reportingIn(wired.tables('reporting')),
      alerts: alertsIn(wired.tables('alerts')),
      heads: headsIn(wired),
    }),
  );
};

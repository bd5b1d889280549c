import { SESClient } from '@aws-sdk/client-ses';
import type { Aws } from '../../../../shared/aws/aws.ts';
import { wire } from '../../../../shared/aws/wiring.ts';
import { claimsIn } from '../../../../shared/journal/claims.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { holders } from '../../../../shared/people/access.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { SECOND } from '../../../../shared/time/clock.ts';
import { onReportIssued } from '../on-report-issued.ts';
import { sendReportsWith } from '../ses.ts';
import { reportsIn } from '../store.ts';

/** Longer than this function may run, and over when its event comes again, a minute later: whoever comes first takes a dead claim over. */
const CLAIM = 50 * SECOND;

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('reports');
  return bus(onReportIssued, {
    ...wired,
    reports: reportsIn(tables),
    personal: personalReader(tables),
    claims: claimsIn(tables, CLAIM),
    roster: (site, position) => holders(wired, site, position, wired.clock()),
    send: sendReportsWith(
      aws.client(SESClient, () => new SESClient({})),
      aws.required('MAIL_FROM'),
    ),
    apiUrl: aws.required('API_URL'),
  });
};

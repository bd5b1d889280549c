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

/** A little longer than this function may run, and shorter than its second retry comes after: a dead claim is taken over. */
const CLAIM = 65 * SECOND;

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('reports');
  return bus(onReportIssued, {
    ...wired,
    reports: reportsIn(tables),
    personal: personalReader(tables),
    claims: claimsIn(tables, CLAIM),
    roster: (site, position) => holders(wired, site, position),
    send: sendReportsWith(
      aws.client(SESClient, () => new SESClient({})),
      aws.required('MAIL_FROM'),
    ),
    apiUrl: aws.required('API_URL'),
  });
};

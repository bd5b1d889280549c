import { SESClient } from '@aws-sdk/client-ses';
import { timely } from '../../../../shared/aws/timely.ts';
import { required, wire } from '../../../../shared/aws/wiring.ts';
import { claimsIn } from '../../../../shared/journal/claims.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { holders } from '../../../../shared/people/access.ts';
import { personalReader } from '../../../../shared/people/personal.ts';
import { SECOND } from '../../../../shared/time/clock.ts';
import { onReportIssued } from '../on-report-issued.ts';
import { sendWith } from '../ses.ts';
import { reportsIn } from '../store.ts';

/** A little longer than this function may run, and shorter than its second retry comes after: a dead claim is taken over. */
const CLAIM = 65 * SECOND;

const wired = wire();
const tables = wired.tables('reports');
export const handler = bus(onReportIssued, {
  ...wired,
  reports: reportsIn(tables),
  personal: personalReader(tables),
  claims: claimsIn(tables, CLAIM),
  roster: (site, position) => holders(wired, site, position),
  send: sendWith(timely(new SESClient({})), required('MAIL_FROM')),
  apiUrl: required('API_URL'),
});

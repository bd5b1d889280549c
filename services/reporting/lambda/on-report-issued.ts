import { SESClient } from '@aws-sdk/client-ses';
import { holders } from '../../../shared/access.ts';
import { claimsIn } from '../../../shared/claims.ts';
import { SECOND } from '../../../shared/clock.ts';
import { consume } from '../../../shared/consumer.ts';
import { personalReader } from '../../../shared/personal.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { sendWith } from '../reports/mail.ts';
import { onReportIssued } from '../reports/on-report-issued.ts';
import { reportsIn } from '../reports/store.ts';

/** A little longer than this function may run, and shorter than its second retry comes after: a dead claim is taken over. */
const CLAIM = 65 * SECOND;

const wired = wire();
const tables = wired.tables('reports');
export const handler = consume(onReportIssued, {
  ...wired,
  reports: reportsIn(tables),
  personal: personalReader(tables),
  claims: claimsIn(tables, CLAIM),
  roster: (site, post) => holders(wired, site, post),
  send: sendWith(new SESClient({}), required('MAIL_FROM')),
  apiUrl: required('API_URL'),
});

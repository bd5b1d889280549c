import { SESClient } from '@aws-sdk/client-ses';
import { sendWith } from '../../../../shared/aws/ses.ts';
import { timely } from '../../../../shared/aws/timely.ts';
import { required, wire } from '../../../../shared/aws/wiring.ts';
import { claimsIn } from '../../../../shared/journal/claims.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { forgetText, personalReader } from '../../../../shared/people/personal.ts';
import { SECOND } from '../../../../shared/time/clock.ts';
import { type LeftState, onAddressLeft } from '../on-address-left.ts';
import { payersIn } from '../store.ts';

/** A little longer than this function may run, and shorter than its second retry comes after: a dead claim is taken over. */
const CLAIM = 65 * SECOND;

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = bus(onAddressLeft, {
  ...wired,
  payers: payersIn(tables),
  directory: { doc, registry },
  personal: personalReader(tables),
  claims: claimsIn<LeftState>(tables, CLAIM),
  send: sendWith(timely(new SESClient({})), required('MAIL_FROM')),
  forget: forgetText(tables),
});

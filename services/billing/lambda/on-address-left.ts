import { SESClient } from '@aws-sdk/client-ses';
import { claimsIn } from '../../../shared/claims.ts';
import { SECOND } from '../../../shared/clock.ts';
import { consume } from '../../../shared/consumer.ts';
import { forgetText, personalReader } from '../../../shared/personal.ts';
import { sendWith } from '../../../shared/ses.ts';
import { required, wire } from '../../../shared/wiring.ts';
import { type LeftState, onAddressLeft } from '../letters/on-address-left.ts';
import { payersIn } from '../letters/store.ts';

/** A little longer than this function may run, and shorter than its second retry comes after: a dead claim is taken over. */
const CLAIM = 65 * SECOND;

const wired = wire();
const tables = wired.tables('billing');
const { doc, registry } = wired;
export const handler = consume(onAddressLeft, {
  ...wired,
  payers: payersIn(tables),
  directory: { doc, registry },
  personal: personalReader(tables),
  claims: claimsIn<LeftState>(tables, CLAIM),
  send: sendWith(new SESClient({}), required('MAIL_FROM')),
  forget: forgetText(tables),
});

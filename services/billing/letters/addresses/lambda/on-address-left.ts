import { SESClient } from '@aws-sdk/client-ses';
import type { Aws } from '../../../../../shared/aws/aws.ts';
import { sendWith } from '../../../../../shared/aws/ses.ts';
import { wire } from '../../../../../shared/aws/wiring.ts';
import { claimsIn } from '../../../../../shared/journal/claims.ts';
import { bus } from '../../../../../shared/lambda/bus.ts';
import { forgetText, personalReader } from '../../../../../shared/people/personal.ts';
import { SECOND } from '../../../../../shared/time/clock.ts';
import { payersIn } from '../../store.ts';
import { type LeftState, onAddressLeft } from '../on-address-left.ts';

/** Longer than this function may run, and over when its event comes again, a minute later: whoever comes first takes a dead claim over. */
const CLAIM = 30 * SECOND;

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('billing');
  const { doc, registry } = wired;
  return bus(onAddressLeft, {
    ...wired,
    payers: payersIn(tables),
    directory: { doc, registry },
    personal: personalReader(tables),
    claims: claimsIn<LeftState>(tables, CLAIM),
    send: sendWith(
      aws.client(SESClient, () => new SESClient({})),
      aws.required('MAIL_FROM'),
    ),
    forget: forgetText(tables),
  });
};

import { wire } from '../../../../shared/aws/wiring.ts';
import { consume } from '../../../../shared/lambda/consumer.ts';
import { shell } from '../../../../shared/lambda/shell.ts';
import { onPartyChanged } from '../on-party-changed.ts';
import { payersIn } from '../store.ts';

const wired = wire();
const { doc, registry } = wired;
export const handler = shell(
  consume(onPartyChanged, {
    payers: payersIn(wired.tables('billing')),
    directory: { doc, registry },
  }),
);

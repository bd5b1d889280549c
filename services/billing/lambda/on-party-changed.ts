import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onPartyChanged } from '../letters/on-party-changed.ts';
import { payersIn } from '../letters/store.ts';

const wired = wire();
const { doc, registry } = wired;
export const handler = consume(onPartyChanged, {
  payers: payersIn(wired.tables('billing')),
  directory: { doc, registry },
});

import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onPartyChanged } from '../letters/on-party-changed.ts';
import { payersIn } from '../letters/store.ts';

export const handler = consume(onPartyChanged, { payers: payersIn(wire().tables('billing')) });

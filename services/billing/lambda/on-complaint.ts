import { consume } from '../../../shared/consumer.ts';
import { wire } from '../../../shared/wiring.ts';
import { onComplaint } from '../accounts/on-complaint.ts';
import { accountsIn } from '../accounts/store.ts';

const wired = wire();
const { doc, registry, policies } = wired;
const accounts = accountsIn(wired.tables('billing'), { doc, registry, policies });
export const handler = consume(onComplaint, { accounts, policies, directory: { doc, registry } });

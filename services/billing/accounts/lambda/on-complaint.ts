import { wire } from '../../../../shared/aws/wiring.ts';
import { bus } from '../../../../shared/lambda/bus.ts';
import { onComplaint } from '../on-complaint.ts';
import { accountsIn } from '../store.ts';

const wired = wire();
const { doc, registry, policies } = wired;
const accounts = accountsIn(wired.tables('billing'), { doc, registry, policies });
export const handler = bus(onComplaint, { accounts, policies, directory: { doc, registry } });

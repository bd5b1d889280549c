import { wire } from '../../../../shared/aws/wiring.ts';
import { consume } from '../../../../shared/lambda/consumer.ts';
import { shell } from '../../../../shared/lambda/shell.ts';
import { onComplaint } from '../on-complaint.ts';
import { accountsIn } from '../store.ts';

const wired = wire();
const { doc, registry, policies } = wired;
const accounts = accountsIn(wired.tables('billing'), { doc, registry, policies });
export const handler = shell(consume(onComplaint, { accounts, policies, directory: { doc, registry } }));

import type { Aws } from '../aws/aws.ts';
import { tableVariable, wire } from '../aws/wiring.ts';
import { forgettingsIn } from './forgetting.ts';

/** What every service's entry for erasures stands on; beside it, the service's own stores over its tables. */
export const wireErasure = (aws: Aws, own: string) => {
  const { doc, clock, tables: tablesOf } = wire(aws);
  const tables = tablesOf(own);
  const personal = aws.required(tableVariable('personal'));
  return { tables, deps: { doc, clock, forgettings: forgettingsIn(tables), personal } };
};

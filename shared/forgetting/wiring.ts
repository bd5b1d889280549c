import { required, tableVariable, wire } from '../aws/wiring.ts';
import { forgettingsIn } from './forgetting.ts';

/** What every service's entry for erasures stands on; beside it, the service's own stores over its tables. */
export const wireErasure = (own: string) => {
  const { doc, clock, tables: tablesOf } = wire();
  const tables = tablesOf(own);
  const personal = required(tableVariable('personal'));
  return { tables, deps: { doc, clock, forgettings: forgettingsIn(tables), personal } };
};

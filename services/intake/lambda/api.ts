import { wire } from '../../../shared/aws/wiring.ts';
import { http } from '../../../shared/lambda/http.ts';
import { personalReader } from '../../../shared/people/personal.ts';
import { routes } from '../api.ts';
import { keptRoutes } from '../kept-api.ts';
import { contactsIn } from '../store.ts';

const wired = wire();
const tables = wired.tables('contacts');
export const handler = http([...routes, ...keptRoutes], {
  ...wired,
  contacts: contactsIn(tables),
  personal: personalReader(tables),
  directory: wired,
});

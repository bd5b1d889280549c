import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { http } from '../../../shared/lambda/http.ts';
import { personalReader } from '../../../shared/people/personal.ts';
import { routes } from '../api.ts';
import { keptRoutes } from '../kept-api.ts';
import { contactsIn } from '../store.ts';

export const entry = (aws: Aws) => {
  const wired = wire(aws);
  const tables = wired.tables('contacts');
  return http([...routes, ...keptRoutes], {
    ...wired,
    contacts: contactsIn(tables),
    personal: personalReader(tables),
    directory: wired,
  });
};

import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { type Deps, routes } from './api.ts';
import { type Deps as MailDeps, routes as mailRoutes } from './mail-api.ts';
import type { Office } from './testing-office.ts';

/** The API of letters, as the gateway calls it. */
export const callsOf = (o: Office) => apiCaller<Deps & MailDeps>([...routes, ...mailRoutes], o);

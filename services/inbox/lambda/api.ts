import { wire } from '../../../shared/aws/wiring.ts';
import { http } from '../../../shared/http/http.ts';
import { routes } from '../api.ts';
import { inboxIn } from '../store.ts';

const wired = wire();
export const handler = http(routes, { ...wired, inbox: inboxIn(wired.tables('inbox')) });

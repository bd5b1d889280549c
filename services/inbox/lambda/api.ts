import { serve } from '../../../shared/http/serve.ts';
import { wire } from '../../../shared/wiring.ts';
import { routes } from '../api.ts';
import { inboxIn } from '../store.ts';

const wired = wire();
export const handler = serve(routes, { ...wired, inbox: inboxIn(wired.tables('inbox')) });

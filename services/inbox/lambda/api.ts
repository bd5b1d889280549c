import { wire } from '../../../shared/aws/wiring.ts';
import { serve } from '../../../shared/http/serve.ts';
import { routes } from '../api.ts';
import { inboxIn } from '../store.ts';

const wired = wire();
export const handler = serve(routes, { ...wired, inbox: inboxIn(wired.tables('inbox')) });

import { serve } from '../../../shared/http/serve.ts';
import { wire } from '../../../shared/wiring.ts';
import { figureRoutes } from '../figures-api.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
export const handler = serve(figureRoutes, { ...wired, reporting: reportingIn(wired.tables('reporting')) });

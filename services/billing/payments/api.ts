import type { Route } from '../../../shared/http/route.ts';
import { paymentRoutes } from './payments-api.ts';
import { type Deps, refundRoutes } from './refund-api.ts';

export type { Deps } from './refund-api.ts';

/** What is paid to one account, and given back from it. */
export const routes: Route<Deps>[] = [...paymentRoutes, ...refundRoutes];

import document from '../../../docs/generated/openapi.json' with { type: 'json' };
import { http } from '../../../shared/lambda/http.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { routes } from '../api.ts';
import type { ApiDocument } from '../document.ts';

/** Everybody may call every route here, so nobody has to be known. */
const access = { person: async () => undefined };
export const handler = http(routes, { document: document as unknown as ApiDocument, access, clock: systemClock });

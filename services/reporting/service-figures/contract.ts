/** What case rows say of complaints, callbacks and promises. */

export { ATTEMPTS, DAYS_OPEN, TIMINGS } from './dimensions.ts';
export { foldCases, readCases } from './reading.ts';
export { SERVICE_FAMILIES } from './report.ts';
export { serviceOut, serviceView } from './view.ts';

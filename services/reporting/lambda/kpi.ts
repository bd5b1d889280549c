import { wire } from '../../../shared/wiring.ts';
import { counter } from '../count.ts';
import { reportingIn } from '../store.ts';

const wired = wire();
export const handler = counter({ ...wired, reporting: reportingIn(wired.tables('reporting')) });

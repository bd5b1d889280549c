import { PREFIX } from '../../../shared/domain/ids.ts';
import { aggregateKey, HEAD } from '../../../shared/journal/layout.ts';

/** A site has one run of a month: started twice, it is the same. */
export const runId = (period: string): string => `${PREFIX.run}_${period}`;
export const periodOfRun = (run: string): string => run.slice(run.indexOf('_') + 1);
/** Where its head lies: what depends on whether the run has begun looks there. */
export const runKey = (site: string, period: string) => ({ pk: aggregateKey(site, 'run', runId(period)), sk: HEAD });

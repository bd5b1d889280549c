import * as z from 'zod';
import type { SiteFacts } from '../directory/site-facts.ts';

const of = (what: string) => z.record(z.string(), z.string()).optional().meta({ description: what });
/** What the ids of an answer are called, in its reader's language: stands beside whatever else it says. */
export const namesOut = z
  .object({
    staff: of('Members of staff, those who left too, and what the system does by itself'),
    parties: of('Owners, tenants and payers'),
    units: of('Units as their site writes them'),
    departments: of('Departments, by site and id: `lakeside/engineering`'),
    sites: of('Sites, where several are asked for'),
    fees: of('Fee items and bills, by code: `management`, `management/2026-11`'),
  })
  .meta({ id: 'Names', description: 'By id: who or what it is; where there is no name to be told, why' });
export type Names = z.output<typeof namesOut>;

/** What people are told of an answer's ids and instants. */
export interface Told {
  /** The one that was asked for; none where several were. */
  site?: string | undefined;
  names: Names;
  /** Whether an owner is named. */
  personal: boolean;
  /** The sites in it. */
  sites: ReadonlyMap<string, Pick<SiteFacts, 'timeZone' | 'placeFormat'>>;
}

/** Of what has neither ids nor instants. */
export const NOTHING_TOLD: Told = { names: {}, personal: false, sites: new Map() };

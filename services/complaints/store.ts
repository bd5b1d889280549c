import { type Journal, type JournalTables, journal } from '../../shared/journal/journal.ts';
import type { Ground, Policies } from '../../shared/policy.ts';
import { defineTable } from '../../shared/table.ts';
import { type Complaint, complaintType } from './complaint.ts';
import type { ComplaintEvent } from './events.ts';

/** Journals of complaints; hot when one site files more than ~50 complaints a second, which none does. */
export const complaintsTable = defineTable({ name: 'complaints', journal: true });

export type Complaints = Journal<Complaint, ComplaintEvent>;
export const complaintsIn = (tables: JournalTables): Complaints => journal(complaintType, tables);

/** Where and under which frozen policy a complaint is decided. */
export const groundOf = async (policies: Policies, site: string, version: number): Promise<Ground> => {
  const [{ timeZone }, { values }] = await Promise.all([policies.site(site), policies.version(site, version)]);
  return { zone: timeZone, version, policy: values };
};

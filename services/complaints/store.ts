import { defineTable } from '../../shared/aws/table.ts';
import { type Journal, type JournalTables, journal } from '../../shared/journal/journal.ts';
import { type Complaint, complaintType } from './complaint.ts';
import type { ComplaintEvent } from './events.ts';

/** Journals of complaints; hot when one site files more than ~50 complaints a second, which none does. */
export const complaintsTable = defineTable({ name: 'complaints', journal: true });

export type Complaints = Journal<Complaint, ComplaintEvent>;
export const complaintsIn = (tables: JournalTables): Complaints => journal(complaintType, tables);

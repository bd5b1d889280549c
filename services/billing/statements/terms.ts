/** What speaks for a payer: a letter's number, a room or a reference that the line names, the exact sum, the name. */
export const SIGNS = ['number', 'room', 'sum', 'name', 'reference'] as const;
export type Sign = (typeof SIGNS)[number];

/**
 * What is booked without anybody having looked: a letter's number, with no more than its
 * payer owes; a room whose open sum it is to the fen; a payment that
 * was entered under the same reference with the same sum. Never a name, never a sum alone;
 * never where another of its signs is somebody else's.
 */
export const RULES = ['number', 'room-and-sum', 'reference'] as const;
export type ClaimRule = (typeof RULES)[number];

/** What is found by another name than its id: accounts by their payer, letters by the number printed on them. Sparse. */
export const NAMES_INDEX = 'names';
export const payerName = (site: string, party: string): string => `${site}#payer#${party}`;
export const numberName = (site: string, number: string): string => `${site}#number#${number}`;

/** Money that came without a name, until somebody claims it. */

export { workingDaysAfter } from './decide.ts';
export { isMoney, isOpen, type Remittance, remittanceType } from './remittance.ts';
export { reopenLine } from './reopen.ts';

import type { Day } from '../../../shared/time/clock.ts';
import { documentNumber } from '../documents/contract.ts';
import type { LetterKind } from './terms.ts';

const LETTERS_OF: Record<LetterKind, string> = {
  'fee-notice': 'FN',
  friendly: 'FR',
  reminder: 'RM',
  'second-notice': 'SN',
  demand: 'DL',
};

/** What is printed on a letter, and told again by whoever pays: `FN-20261101-0A1B2C3D`. */
export const numberOf = (id: string, { kind, day }: { kind: LetterKind; day: Day }): string =>
  documentNumber(LETTERS_OF[kind], day, id);
/** Such a number wherever it stands in a text. */
export const NUMBER = /\b(?:FN|FR|RM|SN|DL)-?\d{8}-?[0-9A-F]{8}\b/i;

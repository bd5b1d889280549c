import { derivedId, PREFIX } from '../../../../shared/domain/ids.ts';
import type { CaseFacts, FamilyName } from './measure.ts';

/** Aggregates of which a case's root is the whole id. */
const BILLED = ['account', 'letter', 'slip'] as const;
/** Those whose ids share the root. */
const DERIVED = ['contact', 'complaint', 'callback'] as const;
type Billed = (typeof BILLED)[number];
type Home = Billed | (typeof DERIVED)[number];

/** Which aggregate of billing has an id; `undefined` of the root that a contact, its complaint and its callbacks share. */
export const billedOf = (root: string): Billed | undefined =>
  BILLED.find((type) => root.startsWith(`${PREFIX[type]}_`));

type Case = Pick<CaseFacts, 'family' | 'root' | 'ordinal'>;

/** The aggregates in which it is owed that the case of a family comes out well. */
const HOMES: Record<FamilyName, (one: Case) => readonly Home[]> = {
  contact: () => ['contact', 'complaint'],
  handled: () => ['contact'],
  complaint: () => ['complaint'],
  resolution: () => ['callback'],
  rating: () => ['callback'],
  promise: ({ ordinal }) => [typeof ordinal === 'number' ? 'callback' : 'contact'],
  step: () => ['account'],
  payment: () => ['account'],
  document: ({ root }) => [billedOf(root) === 'slip' ? 'slip' : 'letter'],
};

export const homesOf = (one: Case): { type: Home; id: string }[] =>
  HOMES[one.family](one).map((type) => ({ type, id: idOf(type, one) }));

const idOf = (type: Home, { root, ordinal }: Case): string => {
  if (billedOf(root) !== undefined) return root;
  return derivedId(type, `_${root}`, type === 'callback' ? Number(ordinal) : undefined);
};

/** What the ordinal of a case of an account is. */
const NUMBERED: Partial<Record<FamilyName, 'step' | 'hold'>> = { step: 'step', payment: 'hold' };
/** What a case of billing is called by: its aggregate, and which step of the ladder or which hold of its account it is. */
export const billedNames = (one: Case): Partial<Record<Billed | 'step' | 'hold', string>> | undefined => {
  const type = billedOf(one.root);
  const numbered = NUMBERED[one.family];
  return type && { [type]: one.root, ...(numbered === undefined ? {} : { [numbered]: String(one.ordinal) }) };
};

import type { Actor } from './access.ts';
import type { Role } from './positions.ts';

/** What a case says of itself, as far as it decides who may know who raised it. */
export interface ConfidentialCase {
  /** Raised anonymously or in confidence, or about somebody's conduct. */
  concealed: boolean;
  /** Nobody is to know who it was: what would say so isn't kept. */
  anonymous?: boolean | undefined;
  /** Which department has it. */
  department?: string | undefined;
  /** Whose conduct it is about. */
  accused?: string | undefined;
}

/** What somebody sees of a case beyond that it is there. */
export interface Sight {
  /** Who raised it, and whatever leads there: their unit, their number, whom one spoke with, other contacts of theirs. */
  who: boolean;
  /** What was said of it. */
  words: boolean;
}

/** The desk, which calls back, and those above it. Administrators keep the books and have no part in a case. */
const PART: readonly Role[] = [
  'agent',
  'supervisor',
  'centre-manager',
  'site-director',
  'quality-manager',
  'group-manager',
];

/**
 * Whoever is kept from what a concealed case says: who heads a department, for a case can be handed to any of them and its people
 * may be whom it is about; and who has no part in it. Another position they hold besides changes nothing.
 */
export const isKeptOut = ({ roles }: Actor): boolean =>
  roles.includes('department-head') || !roles.some((role) => PART.includes(role));

/**
 * What somebody sees of a case (保密; ADR 0016), decided here alone: every view, history, list and file of it follows.
 * The accused sees neither who accused them nor what was said, whatever positions they hold. The department that has a concealed
 * case sees the matter, never who it was; other departments see neither.
 */
export const sightOf = ({ concealed, anonymous, department, accused }: ConfidentialCase, actor: Actor): Sight => {
  if (accused !== undefined && accused === actor.staff) return { who: false, words: false };
  const out = concealed && isKeptOut(actor);
  return {
    who: !anonymous && !out,
    words: !out || (department !== undefined && actor.departments.includes(department)),
  };
};

/** Fields that say who raised a case, or lead there, in whatever event they stand. */
const WHO: readonly string[] = [
  'party',
  'unit',
  'number',
  'spokeWith',
  'contact',
  'through',
  'about.contact',
  'letter',
  // What the desk told them, in its words.
  'contact.replied.words',
  'callback.replied.words',
];

/** Fields of its history that somebody doesn't see: `field` of any event, `event.field`, or `field.part` of what has parts. */
export const hiddenFrom = ({ who }: Sight): readonly string[] => (who ? [] : WHO);

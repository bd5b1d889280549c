import * as z from 'zod';
import { notNamed } from '../../shared/directory/named.ts';
import type { Directory } from '../../shared/directory/units.ts';
import { isSystem, type PersonalRef } from '../../shared/domain/events.ts';
import { invalid } from '../../shared/domain/refusal.ts';
import { rule } from '../../shared/http/field-rules.ts';
import { departmentId, idParam, staffParam, words } from '../../shared/http/schemas.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import type { MessageKey } from '../../shared/text/catalogue.ts';
import type { Day, Instant } from '../../shared/time/clock.ts';
import { CONDUCT, complaintKind } from '../complaints/events.ts';
import { route, type Situation, settle } from './decide.ts';
import { ROUTED_AS } from './events.ts';
import { type Contacts, type Taken, takenOn } from './store.ts';

const settledIn = z.strictObject({ settled: z.literal(true), note: words.optional() });
const routedIn = z
  .strictObject({
    settled: z.literal(false).optional(),
    as: z.enum(ROUTED_AS),
    kind: complaintKind.optional().meta({ description: 'For a complaint: what it is about' }),
    department: departmentId,
    words: words.meta({ description: 'What was said' }),
    about: z
      .strictObject({ staff: staffParam.optional(), contact: idParam('contact').optional() })
      .refine(({ staff, contact }) => staff !== undefined || contact !== undefined, rule('field.staff-or-contact'))
      .optional()
      .meta({
        description: `For a complaint about conduct (${CONDUCT.join(', ')}): whose, or at which contact; left out where neither is known`,
      }),
    anonymous: z.boolean().default(false),
    confidential: z.boolean().default(false),
    callable: z.boolean().optional().meta({ description: 'A way to reach who complained; unless anonymous, yes' }),
  })
  .superRefine(({ as, kind, about, anonymous, confidential, callable }, { addIssue }) => {
    const refuse = (field: string, key: MessageKey) => addIssue({ code: 'custom', path: [field], message: rule(key) });
    const conduct = CONDUCT.some((one) => one === kind);
    if (as === 'complaint' && !kind) refuse('kind', 'field.of-complaint');
    if (as !== 'complaint' && kind) refuse('kind', 'field.only-of-complaint');
    if (!conduct && about) refuse('about', 'field.only-of-conduct');
    // Whose contact it was says who complains.
    if (anonymous && about?.contact !== undefined) refuse('about', 'field.not-of-anonymous');
    if (callable === false && !anonymous) refuse('callable', 'field.callable-anonymous');
    if (as !== 'complaint' && anonymous) refuse('anonymous', 'field.only-of-complaint');
    if (as !== 'complaint' && confidential) refuse('confidential', 'field.only-of-complaint');
  });

/** What came of a contact: settled at once, or handed to a named department. */
export const outcomeIn = z.discriminatedUnion('settled', [settledIn, routedIn]);
export type ContactOutcome = z.output<typeof outcomeIn>;

export const textOf = (outcome: ContactOutcome): string | undefined => (outcome.settled ? outcome.note : outcome.words);

export const isAnonymous = (outcome: ContactOutcome | undefined): boolean =>
  outcome !== undefined && !outcome.settled && outcome.anonymous;

/** The contact whose outcome it is. */
export interface Where {
  site: string;
  contact?: string;
  takenBy?: string | undefined;
  unit?: string | undefined;
  day?: Day | undefined;
  answeredAt?: Instant | undefined;
}

/** That agent's latest contact with the unit that day, else their last that day (Q1); none when they took none. */
export const attributed = (taken: readonly Taken[], unit: string | undefined): string | undefined =>
  ((unit === undefined ? undefined : taken.find((one) => one.unit === unit)) ?? taken[0])?.id;

/** Which contact a complaint about conduct counts against; fixed when it is routed. */
const attribute = async (
  contacts: Contacts,
  { staff, contact }: { staff: string; contact?: string | undefined },
  at: Where,
  anonymous: boolean,
) => {
  if (contact !== undefined) return contact;
  const { site, takenBy, unit, day, answeredAt } = at;
  // Who complains about whom they are speaking with means this very contact, which is their latest.
  if (takenBy === staff) return at.contact;
  // Any other would be somebody's: it counts at the one in which it was made, which keeps nobody's name.
  if (anonymous) return undefined;
  if (day === undefined || answeredAt === undefined) return undefined;
  return attributed(await takenOn(contacts, { site, staff, day, until: answeredAt }), unit);
};

/**
 * The decision an outcome leads to, with what had to be looked up for it.
 * @param field where the outcome stands in the request, for what is wrong with it
 */
export const outcomeStep = async (
  outcome: ContactOutcome,
  field: string,
  at: Where,
  { contacts, policies, directory }: { contacts: Contacts; policies: Policies; directory: Directory },
) => {
  if (outcome.settled) return (text: PersonalRef | undefined) => settle(text);
  const { settled: _, about, callable, ...rest } = outcome;
  const wrong = (name: string, rule: MessageKey) => () => () => invalid({ field: `${field}.${name}`, rule });
  const { departments } = await policies.site(at.site);
  if (!departments.some(({ id }) => id === rest.department)) return wrong('department', 'field.department');
  const unknown = await notNamed(directory, at.site, [
    { is: 'staff', id: about?.staff, field: `${field}.about.staff` },
  ]);
  if (unknown) return () => () => unknown;
  let accused = about?.staff;
  if (about?.contact !== undefined) {
    const { state } = await contacts.head(at.site, about.contact);
    if (!state) return wrong('about.contact', 'field.contact');
    const { takenBy } = state;
    if (takenBy === undefined || isSystem(takenBy)) return wrong('about.contact', 'field.contact-taken');
    if (takenBy !== (accused ?? takenBy)) return wrong('about.contact', 'field.contact-taken-by');
    accused = takenBy;
  }
  const whose = accused === undefined ? undefined : { staff: accused, contact: about?.contact };
  const against = whose && {
    staff: whose.staff,
    contact: await attribute(contacts, whose, at, rest.anonymous),
  };
  const routing = { ...rest, about: against, callable: callable ?? !rest.anonymous };
  return (text: PersonalRef | undefined) => (on: Situation) => {
    if (!text) throw new Error('what is routed has words');
    return route({ ...routing, words: text })(on);
  };
};

import * as z from 'zod';
import { UNIT_KINDS, UNIT_STATES } from '../../shared/directory/units.ts';
import { at, day, defineEvent, personalRef } from '../../shared/domain/events.ts';
import { policySchema } from '../../shared/policy/policy.ts';
import { LANGUAGES } from '../../shared/text/catalogue.ts';
import { PLACE_FORMAT } from '../../shared/values/place.ts';
import { gone } from './staff-events.ts';

export * from './staff-events.ts';

export const RELATIONS = ['owner', 'tenant'] as const;
export const WAYS = ['phone', 'email'] as const;
/** What a contact way may be used for (PIPL: purpose and consent per contact way). */
export const PURPOSES = ['service', 'fees', 'greetings'] as const;
export const IMPORT_KINDS = ['sites', 'units', 'parties', 'staff'] as const;

/** A policy in which only what differs is named; every value within its legal cap. */
export const overridesSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(policySchema.shape).map(([name, field]) => [
      name,
      field
        .unwrap()
        .optional()
        .meta({ description: field.meta()?.description ?? name }),
    ]),
  ) as { [K in keyof typeof policySchema.shape]: z.ZodOptional<z.ZodNumber> },
);

const policyVersion = z.object({
  version: z.number().int(),
  effective: at,
  overrides: overridesSchema.meta({ description: 'What the site asked for, where it differs from the group' }),
  values: policySchema.meta({ description: 'The complete policy that follows: the stricter of group and site' }),
});
const floor = z.number().int().meta({ description: "The version of the group's policy it was worked out from" });

export const groupNamed = defineEvent('group.named', 'The group was given its name.', z.object({ name: z.string() }));
export const groupPolicyChanged = defineEvent(
  'group.policy-changed',
  "The group's policy, every site's floor, was set; each site's versions are worked out anew.",
  z.object({ floor, overrides: overridesSchema, values: policySchema }),
);

const department = z.object({ id: z.string(), name: z.string() });
/** What stands on everything an owner gets: where the desk is found, and how to pay. */
const onPaper = {
  desk: z.object({ complaintPhone: z.string().optional(), address: z.string().optional() }).optional(),
  howToPay: z.array(z.string()).optional().meta({ description: 'A line for each way to pay' }),
  placeFormat: z.string().optional().meta({ description: 'How the site writes its places', example: PLACE_FORMAT }),
};
export const siteOpened = defineEvent(
  'site.opened',
  'The group took on a site; its first policy is the group’s.',
  z.object({
    name: z.string(),
    timeZone: z.string().meta({ description: 'IANA name; fixed for good, because days already counted hang on it' }),
    departments: z.array(department),
    ...onPaper,
    floor,
    policies: z.array(policyVersion),
  }),
);
export const siteChanged = defineEvent(
  'site.changed',
  'Name, departments or what stands on its papers changed.',
  z.object({ name: z.string(), departments: z.array(department), ...onPaper }),
);
export const sitePolicySet = defineEvent(
  'site.policy-set',
  'Versions of a site policy were published, by the site or because the group’s policy changed.',
  z.object({ floor, policies: z.array(policyVersion) }),
);

const unitFacts = z.object({
  phase: z.string().optional().meta({ description: 'With its word (一期, 东区); the other levels are without' }),
  building: z.string(),
  entrance: z.string().optional(),
  floor: z.string().optional(),
  number: z.string(),
  kind: z.enum(UNIT_KINDS),
  areaMicro: z.number().int().meta({ description: 'Area in millionths of a square metre (mm²)' }),
  state: z.enum(UNIT_STATES),
});
export const unitRegistered = defineEvent('unit.registered', 'A unit was entered.', unitFacts);
export const unitChanged = defineEvent('unit.changed', "A unit's facts were corrected.", unitFacts);
export const unitPartyLinked = defineEvent(
  'unit.party-linked',
  'A party holds a unit, as owner or tenant; at most one of a unit’s parties pays.',
  z.object({
    party: z.string(),
    relation: z.enum(RELATIONS),
    payer: z.boolean(),
    since: day.optional().meta({
      description:
        'The site-local day from which they hold the unit so and, where `payer`, pay for it; may lie back or ahead. ' +
        'Of a payer, absent means from the beginning; else unknown',
    }),
  }),
);
export const unitPartyUnlinked = defineEvent(
  'unit.party-unlinked',
  'A party no longer holds a unit.',
  z.object({
    party: z.string(),
    until: day.meta({ description: 'The first site-local day on which they no longer hold it, nor pay' }),
  }),
);

export const unitPartyMerged = defineEvent(
  'unit.party-merged',
  'A party of the unit was merged into another, which holds it from now on; if it paid, its account goes on.',
  z.object({ party: z.string(), into: z.string() }),
);
export const unitPartyParted = defineEvent(
  'unit.party-parted',
  'A party of the unit that had been merged into another by mistake holds it again as it did before.',
  z.object({
    party: z.string(),
    from: z.string().meta({ description: 'Who held it meanwhile' }),
    parties: z.array(z.string()).meta({ description: 'The party, then those that had been merged into it before' }),
  }),
);
export const unitWithdrawn = defineEvent(
  'unit.withdrawn',
  'A unit entered by mistake was withdrawn.',
  z.object({ reason: personalRef }),
);

const partyFacts = z.object({
  name: personalRef,
  language: z.enum(LANGUAGES).meta({ description: 'In which they are written to' }),
  contacts: z.array(
    z.object({
      way: z.enum(WAYS),
      value: personalRef,
      purposes: z.array(z.enum(PURPOSES)),
      consentedAt: at.optional().meta({ description: 'When consent was recorded; absent without it' }),
    }),
  ),
});
export const partyRegistered = defineEvent('party.registered', 'An owner or tenant was entered.', partyFacts);
export const partyChanged = defineEvent(
  'party.changed',
  'Name or contact ways of a party were corrected.',
  partyFacts.extend({
    gone,
    left: z
      .array(
        z.object({
          was: z.string().meta({ description: 'Reference of the address among the contact ways before' }),
          address: personalRef.meta({ description: 'A copy of it, there until it has been told' }),
        }),
      )
      .optional()
      .meta({ description: 'Email addresses that are the party’s no more: each is told so, once' }),
  }),
);
export const partyRestricted = defineEvent(
  'party.restricted',
  'A person asked that what is kept of them is used for nothing but their contract (PIPL art. 44).',
  z.object({ reason: personalRef }),
);
export const partyUnrestricted = defineEvent(
  'party.unrestricted',
  'A restriction was taken back.',
  z.object({ reason: personalRef }),
);
export const partyErased = defineEvent(
  'party.erased',
  'A person asked to be erased: name and contact ways are gone, and what they were known by.',
  z.object({}),
);

export const partyMerged = defineEvent(
  'party.merged',
  'A party turned out to be one that stands there already: that one stays, with the contact ways and units of both.',
  z.object({ into: z.string().meta({ description: 'The party that stays' }) }),
);
export const partyAbsorbed = defineEvent(
  'party.absorbed',
  'A party that stood there twice became part of this one.',
  partyFacts.extend({
    parties: z.array(z.string()).meta({ description: 'The one that was merged into it, then those merged into that' }),
  }),
);
export const partyParted = defineEvent(
  'party.parted',
  'A party had been merged into another by mistake: it is one of its own again, with what it had.',
  z.object({
    from: z.string().meta({ description: 'The party that it had been merged into' }),
    parties: z.array(z.string()).meta({ description: 'It, then those that had been merged into it before' }),
    reason: personalRef,
  }),
);
export const partyReleased = defineEvent(
  'party.released',
  'A party that had become part of this one by mistake is one of its own again.',
  partyFacts.extend({
    parties: z.array(z.string()).meta({ description: 'It, then those that had been merged into it' }),
  }),
);
export const partyWithdrawn = defineEvent(
  'party.withdrawn',
  'A party entered by mistake was withdrawn.',
  z.object({ reason: personalRef }),
);

export const rowFault = z.object({
  line: z.number().int().meta({ description: 'The line of the file or sheet, from 1' }),
  field: z.string(),
  rule: z.string().meta({ description: 'A code of the catalogue' }),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type RowFault = z.output<typeof rowFault>;
export const importFinished = defineEvent(
  'import.finished',
  'A spreadsheet was imported, or refused as a whole because of bad rows.',
  z.object({
    kind: z.enum(IMPORT_KINDS),
    sheet: z.string().meta({ description: 'The sheet that was read; `CSV` for a file that has none' }),
    headerLine: z.number().int().meta({ description: 'The line that was taken for the header' }),
    unread: z.array(z.string()).meta({ description: 'Other sheets that hold data: nothing was made of them' }),
    refused: z.boolean(),
    rows: z.number().int().meta({ description: 'Without those of totals' }),
    totals: z.number().int().meta({ description: 'Rows of totals (合计), which were passed over' }),
    accepted: z.number().int(),
    unchanged: z.number().int().meta({ description: 'Rows that were there already, exactly so' }),
    badTotal: z.number().int().meta({ description: 'How many rows were bad' }),
    bad: z.array(rowFault).meta({ description: 'The first of what was wrong with them' }),
    unused: z
      .array(z.object({ column: z.string(), kind: z.enum(IMPORT_KINDS).optional() }))
      .meta({ description: 'Columns that nothing was made of; `kind`: which other import reads them' }),
  }),
);

import * as z from 'zod';
import { at, defineEvent, personalRef, staffId } from '../../shared/domain/events.ts';
import { role } from '../../shared/people/positions.ts';
import { LANGUAGES } from '../../shared/text/catalogue.ts';

export const gone = z
  .array(z.string())
  .optional()
  .meta({ description: 'Texts that were erased since they were corrected, by their references' });

export const grant = z.object({
  site: z.string().meta({ description: 'A site, or * for the whole group' }),
  role,
  department: z.string().optional(),
});
const staffFacts = z.object({
  name: personalRef,
  email: personalRef.optional(),
  language: z.enum(LANGUAGES),
  subject: z.string().meta({ description: 'Who they are to the identity provider (OIDC sub)' }),
  grants: z.array(grant),
});
const told = z
  .array(z.enum(['joined', 'position-given', 'activated', 'address-left']))
  .optional()
  .meta({
    description:
      'What is told: positions that decide as a second person, or that one person alone gave, to those above and the administrators; ' +
      'that an address is theirs no more to the person, there too',
  });
const givenAlone = z.literal(true).optional().meta({
  description:
    'One person alone gave them a position that decides with theirs: for a while they are nobody’s second person',
});
export const staffJoined = defineEvent(
  'staff.joined',
  'Somebody joined the staff.',
  staffFacts.extend({
    took: staffId.optional().meta({ description: 'Whose sign-in it was: the administrator named at deployment' }),
    givenAlone,
    told,
  }),
);
export const staffChanged = defineEvent(
  'staff.changed',
  'Data or grants of a member of staff changed; writes see it at once, reads within a minute.',
  staffFacts.extend({ gone, givenAlone, told }),
);
const standIn = grant.extend({ from: at, until: at });
export const staffStandsIn = defineEvent(
  'staff.stands-in',
  'Somebody is away: for so long another holds their positions as well, and hears of what is owed by them.',
  z.object({
    for: staffId.meta({ description: 'Who is away' }),
    grants: z.array(standIn).meta({ description: 'Their positions, each from an instant on and before another' }),
    givenAlone,
    told,
  }),
);
export const staffStoodIn = defineEvent(
  'staff.stood-in',
  'Whoever was away is back: nobody stands in for them any more.',
  z.object({ for: staffId }),
);
const ofStaff = {
  subject: z.string().meta({ description: 'The sign-in they are to have' }),
  grants: z.array(grant).meta({ description: 'Their positions, for those above to hear of it' }),
};
export const staffSignInAsked = defineEvent(
  'staff.sign-in-asked',
  'Somebody asks that a member of staff sign in as another; an administrator decides, who is neither of the two.',
  z.object({ ...ofStaff, reason: personalRef }),
);
export const staffSignInChanged = defineEvent(
  'staff.sign-in-changed',
  'A second person agreed: from now on a member of staff has another sign-in, and the one before opens nothing.',
  z.object({ ...ofStaff, askedBy: staffId }),
);
export const staffSignInRefused = defineEvent(
  'staff.sign-in-refused',
  'The sign-in of a member of staff stays what it is.',
  z.object({ ...ofStaff, askedBy: staffId }),
);
export const staffDeactivated = defineEvent('staff.deactivated', 'Somebody may no longer do anything.', z.object({}));
export const staffActivated = defineEvent(
  'staff.activated',
  'Somebody deactivated may act again.',
  z.object({ grants: ofStaff.grants, givenAlone, told }),
);

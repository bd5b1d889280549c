import * as z from 'zod';
import { at, defineEvent, personalRef, staffId } from '../../shared/domain/events.ts';
import { happenedData } from '../../shared/domain/happened.ts';
import { obligation, obligationEvents } from '../../shared/domain/obligation.ts';
import { position, type Role } from '../../shared/people/positions.ts';
import type { MessageKey } from '../../shared/text/catalogue.ts';

/** What complaints are about; the first three are about a member of staff's conduct. */
export const CONDUCT = ['attitude', 'shirking', 'slowness'] as const;
export const KINDS = [
  ...CONDUCT,
  'noise',
  'maintenance',
  'security',
  'cleaning',
  'greening',
  'parking',
  'fees',
  'neighbour',
  'other',
] as const;
export const complaintKind = z.enum(KINDS);
/**
 * Whether who complained is kept from departments: told so, or about a member of staff's conduct, whose own people would learn
 * who accused them.
 */
export const isConcealed = ({
  kind,
  anonymous,
  confidential,
}: {
  kind?: string | undefined;
  anonymous: boolean;
  confidential: boolean;
}): boolean => anonymous || confidential || CONDUCT.some((one) => one === kind);
/** The words for a kind of complaints, `undefined` of what is none; a kind without words does not compile. */
export const kindWords = (text: string | null): MessageKey | undefined => {
  const kind = KINDS.find((one) => one === text);
  return kind && `kind.${kind}`;
};

/** Why a complaint isn't valid. The person who made it is never a reason. */
export const NOT_VALID_REASONS = ['no-fact', 'not-our-duty', 'already-answered', 'withdrawn', 'test-entry'] as const;

/** What a complaint owes in its states, and which position owes it where nobody is accused. */
export const POSITION_OF_DUTY = {
  judge: 'supervisor',
  'second-look': 'supervisor',
  accept: 'department-head',
  investigate: 'department-head',
  resolve: 'department-head',
  decide: 'centre-manager',
  sign: 'department-head',
  close: 'supervisor',
} as const satisfies Record<string, Role>;
export type ComplaintDuty = keyof typeof POSITION_OF_DUTY;

const alone = z
  .array(position)
  .optional()
  .meta({ description: 'Positions that they alone held: what these owe of it, those above owe' });
const opens = z.array(obligation).meta({ description: 'Obligations this event opens' });
const department = z.string().meta({ description: "A department's id" });

export const complaintRegistered = defineEvent(
  'complaint.registered',
  'A contact was routed as a complaint.',
  z.object({
    number: z.string().optional().meta({ description: 'As people say it, with its year: `TS20261130-004`' }),
    contact: z.string(),
    kind: complaintKind,
    words: personalRef.meta({ description: 'What the owner said' }),
    department: department.meta({ description: 'The department the desk named' }),
    about: z
      .object({ staff: staffId, contact: z.string().optional(), alone })
      .optional()
      .meta({ description: 'Whose conduct, at which contact' }),
    unit: z.string().optional(),
    party: z.string().optional(),
    anonymous: z.boolean(),
    confidential: z.boolean(),
    callable: z.boolean().meta({ description: 'Whether there is a way to reach who complained' }),
    receivedBy: staffId,
    registeredBy: staffId,
    policy: z.number().int().meta({ description: 'The policy version frozen for the case' }),
    closeDue: at,
    opens,
  }),
);

export const complaintDoubted = defineEvent(
  'complaint.doubted',
  'Somebody found it not valid; a second person has to look.',
  z.object({
    reason: z.enum(NOT_VALID_REASONS),
    words: personalRef,
    opens,
    accused: staffId.optional().meta({ description: 'Whose conduct it is about: somebody else looks' }),
  }),
);
const ofUnit = { unit: z.string().optional().meta({ description: 'The unit it was taken for' }) };
export const complaintFoundNotValid = defineEvent(
  'complaint.found-not-valid',
  'A second person agreed that it is not valid; it ends here.',
  z.object({
    contact: z.string(),
    reason: z.enum(NOT_VALID_REASONS),
    words: personalRef,
    doubtedBy: staffId,
    ...ofUnit,
  }),
);
export const complaintAssigned = defineEvent(
  'complaint.assigned',
  'It is valid (or handed on) and a department has to accept it.',
  z.object({
    department,
    kind: complaintKind,
    unit: z.string().optional(),
    anonymous: z.boolean(),
    confidential: z.boolean(),
    doubtedBy: staffId.optional().meta({ description: 'Who had found it not valid, where a second person sent it on' }),
    opens,
  }),
);
export const complaintAccepted = defineEvent(
  'complaint.accepted',
  'The department took it on; the investigation is due the same day.',
  z.object({
    contact: z.string(),
    department,
    acceptDue: at,
    proxyFor: staffId
      .optional()
      .meta({ description: 'The head who accepted by word of mouth, when recorded for them' }),
    ...happenedData,
    opens,
  }),
);
export const complaintInvestigated = defineEvent(
  'complaint.investigated',
  'The facts and the cause are on record.',
  z.object({ findings: personalRef, ...happenedData, opens }),
);
export const complaintUpheld = defineEvent(
  'complaint.upheld',
  "A complaint about a member of staff's conduct is found true.",
  z.object({
    contact: z.string().optional().meta({ description: 'The contact it is attributed to' }),
    through: z.string().meta({
      description: 'The contact it was made in: it counts against this one where it is attributed to none',
    }),
    kind: z.enum(CONDUCT),
    staff: staffId.optional().meta({ description: 'Absent where nobody knows who it was' }),
  }),
);
export const complaintResolved = defineEvent(
  'complaint.resolved',
  'A result was given; the owner has to be called back.',
  z.object({
    ordinal: z.number().int().meta({ description: 'Which resolution of this complaint, from 1' }),
    result: personalRef,
    department,
    unit: z.string().optional(),
    party: z.string().optional(),
    anonymous: z.boolean(),
    concealed: z.boolean().meta({ description: 'Who complained is kept from departments' }),
    callable: z.boolean(),
    accused: staffId.optional().meta({ description: 'Whose conduct it is about; they decide nothing of it' }),
    alone,
    notBy: z.array(staffId).meta({ description: 'Staff whose own work this is; they may not call back' }),
    ...happenedData,
    policy: z.number().int(),
  }),
);
export const complaintUnresolved = defineEvent(
  'complaint.unresolved',
  "The department can't resolve it; the centre manager has to decide.",
  z.object({ reason: personalRef, opens }),
);
export const complaintDecided = defineEvent(
  'complaint.decided',
  'The centre manager decided what the department has to do.',
  z.object({ decision: personalRef, opens }),
);
export const complaintMarkedImportant = defineEvent(
  'complaint.marked-important',
  'It is important (重大); the site director hears of it at once.',
  z.object({ reason: personalRef }),
);
export const complaintReopened = defineEvent(
  'complaint.reopened',
  'The callback found the owner dissatisfied; everything is due anew.',
  z.object({
    ordinal: z.number().int(),
    callback: z.string(),
    opinions: z.number().int().meta({ description: 'Opinions heard that have to be answered and signed all the same' }),
    opens,
  }),
);
export const complaintCalledBack = defineEvent(
  'complaint.called-back',
  'The owner was reached and not dissatisfied, or a callback was not to be made after all; the signature is due.',
  z.object({
    ordinal: z.number().int(),
    callback: z.string(),
    calledBy: staffId,
    instead: z.enum(['published', 'waived']).optional().meta({ description: 'What was done instead of calling' }),
    rating: z.number().int().optional(),
    opinions: z.number().int().meta({ description: 'Opinions heard that are not answered and signed yet' }),
    opens,
  }),
);
export const complaintOpinionsSettled = defineEvent(
  'complaint.opinions-settled',
  'Every opinion heard in the callback is answered and signed.',
  z.object({ callback: z.string() }),
);
export const complaintClosed = defineEvent(
  'complaint.closed',
  "The department's manager wrote the feedback and signed (签字).",
  z.object({ feedback: personalRef, ...ofUnit }),
);

export const complaintEvents = [
  complaintRegistered,
  complaintDoubted,
  complaintFoundNotValid,
  complaintAssigned,
  complaintAccepted,
  complaintInvestigated,
  complaintUpheld,
  complaintResolved,
  complaintUnresolved,
  complaintDecided,
  complaintMarkedImportant,
  complaintReopened,
  complaintCalledBack,
  complaintOpinionsSettled,
  complaintClosed,
  ...obligationEvents('complaint'),
] as const;
export type ComplaintEvent = (typeof complaintEvents)[number];

import type { NewEvent, PersonalRef } from '../../shared/domain/events.ts';
import { type Happened, happened } from '../../shared/domain/happened.ts';
import { guard } from '../../shared/domain/machine.ts';
import { forbidden, notFound, Refusal, refuse, refuseForNow } from '../../shared/domain/refusal.ts';
import type { Situation as On } from '../../shared/journal/command.ts';
import { decision } from '../../shared/journal/decision.ts';
import type { Actor } from '../../shared/people/access.ts';
import {
  DECIDERS,
  isForDepartment,
  isLiftedTo,
  type Role,
  roleWord,
  SIGNS_ABOVE,
} from '../../shared/people/positions.ts';
import { newSignIn, notSecond } from '../../shared/people/second-person.ts';
import { notSpoken, notTheirs, recordsFor, type Spoken } from '../../shared/people/spoken.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { type Complaint, type ComplaintCommand, openOpinions, TRANSITIONS } from './complaint.ts';
import { owe } from './duties.ts';
import { CONDUCT, type ComplaintDuty, type ComplaintEvent, isConcealed, type NOT_VALID_REASONS } from './events.ts';

type Situation = On<Complaint>;
type NotValidReason = (typeof NOT_VALID_REASONS)[number];
type NewEvents = NewEvent<ComplaintEvent>[] | Refusal;

/** What a command may rely on: the complaint exists, is in a state that allows it, and doesn't accuse who acts. */
const admit = ({ state, actor }: Situation, command: ComplaintCommand): Complaint | Refusal => {
  if (!state) return notFound('complaint');
  if (state.about?.staff === actor.staff) return refuse('complaint.accused');
  return guard(TRANSITIONS, command, state.status, 'complaint.not-now') ?? state;
};

/** The same, for whoever may besides. */
const admitted =
  (command: ComplaintCommand, refused: (on: Situation, state: Complaint) => Refusal | undefined = () => undefined) =>
  (on: Situation): Complaint | Refusal => {
    const state = admit(on, command);
    return state instanceof Refusal ? state : (refused(on, state) ?? state);
  };

const ABOVE: Role[] = ['supervisor', 'centre-manager', 'site-director'];

/** What a position of the site does, or the group's manager where it was lifted to them. */
const ofPosition = (
  { actor }: Situation,
  { owed }: Complaint,
  duty: ComplaintDuty,
  positions: readonly Role[],
): Refusal | undefined =>
  actor.roles.some((role) => positions.includes(role)) || isLiftedTo(actor, owed, duty)
    ? undefined
    : forbidden(positions.map(roleWord));

/** A department's own work is done by its head, or by a position above. */
const isTheirs = (actor: Actor, { department, owed }: Complaint, duty: ComplaintDuty): boolean =>
  isForDepartment(actor, department, ABOVE) || isLiftedTo(actor, owed, duty);
const ofDepartment = (actor: Actor, state: Complaint, duty: ComplaintDuty): Refusal | undefined =>
  isTheirs(actor, state, duty) ? undefined : notTheirs(actor, state.department);

const assigned = (
  { kind, unit, anonymous, confidential, about }: Complaint,
  department: string,
  { now, context }: Situation,
): NewEvent<ComplaintEvent> => ({
  name: 'complaint.assigned',
  data: {
    department,
    kind,
    unit,
    anonymous,
    confidential,
    opens: [owe('accept', now, context, department, about?.alone)],
  },
});

export const judge = decision(
  admitted('judge', (on, state) => ofPosition(on, state, 'judge', ABOVE)),
  (
    on,
    state,
    outcome: { valid: true; department?: string | undefined } | { valid: false; reason: NotValidReason },
    words: PersonalRef | undefined,
  ): NewEvents => {
    if (outcome.valid) return [assigned(state, outcome.department ?? state.department, on)];
    if (!words) return refuse('complaint.explanation-needed');
    const refused = newSignIn(on);
    if (refused) return refused;
    const opens = [owe('second-look', on.now, on.context, undefined, state.about?.alone)];
    const { staff: accused } = state.about ?? {};
    const data = { reason: outcome.reason, words, opens, ...(accused === undefined ? {} : { accused }) };
    return [{ name: 'complaint.doubted', data }];
  },
);

/** Whether somebody is the second person to whoever found it not valid. */
const isSecond = (on: Situation, { doubtedBy, owed }: Complaint, since?: Instant): Refusal | undefined => {
  const at = owed.find(({ duty }) => duty === 'second-look')?.since ?? on.now;
  return notSecond(on, { by: doubtedBy ?? '', at }, since, 'complaint.second-person');
};

/**
 * The second pair of eyes: another person than the one who found it not valid.
 * @param since of that one, where their sign-in was changed: then it can only be sent on as valid
 */
export const secondLook = decision(
  admitted(
    'second-look',
    (on, state) => ofPosition(on, state, 'second-look', [...ABOVE, 'quality-manager']) ?? isSecond(on, state),
  ),
  (
    on,
    state,
    { agree, words, since }: { agree: boolean; words: PersonalRef; since?: Instant | undefined },
  ): NewEvents => {
    const refused = isSecond(on, state, agree ? since : undefined);
    if (refused) return refused;
    if (!agree) {
      const { data, ...sent } = assigned(state, state.department, on);
      return [{ ...sent, data: { ...data, doubtedBy: state.doubtedBy } } as NewEvent<ComplaintEvent>];
    }
    return [
      {
        name: 'complaint.found-not-valid',
        data: {
          contact: state.contact,
          reason: state.doubt as NotValidReason,
          words,
          doubtedBy: state.doubtedBy ?? '',
          unit: state.unit,
        },
      },
    ];
  },
);

export const assign = decision(
  admitted('assign'),
  (on, state, { department }: { department: string }): NewEvents =>
    state.department === department && state.status === 'assigned' ? [] : [assigned(state, department, on)],
);

/** When a duty of it began: nothing answers it before. */
const sinceOf = ({ now }: Situation, { owed }: Complaint, of: ComplaintDuty): Instant =>
  owed.find(({ duty }) => duty === of)?.since ?? now;

/** By the department's head, or recorded by the desk for that head, who accepted by word of mouth (代录). */
export const accept = decision(
  admitted('accept', ({ actor }, state) =>
    isTheirs(actor, state, 'accept') || recordsFor(actor) ? undefined : notTheirs(actor, state.department, true),
  ),
  (on, state, { spoken, ...when }: { spoken?: Spoken | undefined } & Happened): NewEvents => {
    const { department: of } = state;
    const may = isTheirs(on.actor, state, 'accept');
    const refusal = spoken ? notSpoken(on.actor, spoken, of) : may ? undefined : notTheirs(on.actor, of, true);
    if (refusal) return refusal;
    if (spoken && state.about?.staff === spoken.staff) return refuse('complaint.accused');
    const proxyFor = spoken?.staff;
    const acceptDue = state.owed.find((o) => o.duty === 'accept')?.due ?? on.now;
    const then = happened(when, on, sinceOf(on, state, 'accept'), { witnessed: spoken !== undefined });
    if (then instanceof Refusal) return then;
    const { contact, department, about } = state;
    // Whoever records it later has no longer for what follows.
    const opens = (['investigate', 'resolve'] as const).map((duty) =>
      owe(duty, then.happenedAt ?? on.now, on.context, department, about?.alone),
    );
    return [{ name: 'complaint.accepted', data: { contact, department, acceptDue, proxyFor, ...then, opens } }];
  },
);

/** Findings; of a complaint about conduct also whether it is upheld. */
export const investigate = decision(
  admitted('investigate', ({ actor }, state) => ofDepartment(actor, state, 'investigate')),
  (
    on,
    state,
    { findings, upheld, ...when }: { findings: PersonalRef; upheld?: boolean | undefined } & Happened,
  ): NewEvents => {
    const conduct = CONDUCT.find((kind) => kind === state.kind);
    if (conduct && upheld === undefined) return refuse('complaint.upheld-needed');
    if (!conduct && upheld !== undefined) return refuse('complaint.upheld-not-conduct');
    const then = happened(when, on, sinceOf(on, state, 'investigate'));
    if (then instanceof Refusal) return then;
    const found: NewEvent<ComplaintEvent>[] = [
      { name: 'complaint.investigated', data: { findings, ...then, opens: [] } },
    ];
    if (!conduct || !upheld) return found;
    const { contact: through, about: { alone: _alone, ...about } = {} } = state;
    return [...found, { name: 'complaint.upheld', data: { ...about, through, kind: conduct } }];
  },
);

export const resolve = decision(
  admitted('resolve', ({ actor }, state) => ofDepartment(actor, state, 'resolve')),
  (on, state, { result, ...when }: { result: PersonalRef } & Happened): NewEvents => {
    const then = happened(when, on, sinceOf(on, state, 'resolve'));
    if (then instanceof Refusal) return then;
    const { department, unit, party, anonymous, callable, policy } = state;
    const notBy = [...new Set([...state.workedOn, on.actor.staff, ...(state.about ? [state.about.staff] : [])])];
    return [
      {
        name: 'complaint.resolved',
        data: {
          ordinal: state.resolutions + 1,
          result,
          department,
          unit,
          party,
          anonymous,
          concealed: isConcealed(state),
          callable,
          accused: state.about?.staff,
          alone: state.about?.alone,
          notBy,
          policy,
          ...then,
        },
      },
    ];
  },
);

/** The department can't: the centre manager has to decide. */
export const giveUp = decision(
  admitted('give-up', ({ actor }, state) => ofDepartment(actor, state, 'resolve')),
  ({ now, context }, state, { reason }: { reason: PersonalRef }): NewEvents => {
    const opens = [owe('decide', now, context, undefined, state.about?.alone)];
    return [{ name: 'complaint.unresolved', data: { reason, opens } }];
  },
);

export const decide = decision(
  admitted('decide', (on, state) => ofPosition(on, state, 'decide', DECIDERS)),
  ({ now, context }, state, { decision: words }: { decision: PersonalRef }): NewEvents => {
    const opens = [owe('resolve', now, context, state.department, state.about?.alone)];
    return [{ name: 'complaint.decided', data: { decision: words, opens } }];
  },
);

export const markImportant = decision(
  // The desk heard it, and knows first that it is.
  admitted('mark-important', ({ actor }, { department }) =>
    isForDepartment(actor, department, ['agent', ...ABOVE]) ? undefined : notTheirs(actor, department),
  ),
  (_, state, { reason }: { reason: PersonalRef }): NewEvents =>
    state.important ? [] : [{ name: 'complaint.marked-important', data: { reason } }],
);

/** The department's manager writes the feedback and signs; only then is it closed. */
export const sign = decision(
  admitted('sign', ({ actor }, state) => {
    // A department's only head may be whom it is about: then a position above signs.
    const above =
      (state.about !== undefined && actor.roles.some((role) => SIGNS_ABOVE.includes(role))) ||
      isLiftedTo(actor, state.owed, 'sign', 'close');
    if (!above && !actor.departments.includes(state.department)) return refuse('complaint.sign-department');
    const open = openOpinions(state);
    // That they were answered is heard from callbacks a moment after.
    return open > 0 ? refuseForNow('complaint.opinions-open', { open }) : undefined;
  }),
  (_, { unit }, { feedback }: { feedback: PersonalRef }): NewEvents => [
    { name: 'complaint.closed', data: { feedback, unit } },
  ],
);

/** What a callback means for the complaint it was about; one for an earlier resolution means nothing any more. */
export const callbackReached = (
  { state, now, context }: Omit<Situation, 'actor'>,
  result: {
    callback: string;
    ordinal: number;
    calledBy: string;
    /** The owner was not called: the answer was made public, or the callback let go. */
    instead?: 'published' | 'waived';
    rating?: number | undefined;
    opinions: number;
  },
): NewEvents => {
  if (state?.status !== 'resolved' || state.resolutions !== result.ordinal) return [];
  const { department, about } = state;
  const owed = (duty: ComplaintDuty) => owe(duty, now, context, department, about?.alone);
  if (result.rating !== undefined && result.rating <= context.policy.reopenAtRating) {
    const opens = [owed('investigate'), owed('resolve'), owed('close')];
    return [
      {
        name: 'complaint.reopened',
        data: { ordinal: result.ordinal, callback: result.callback, opinions: result.opinions, opens },
      },
    ];
  }
  return [{ name: 'complaint.called-back', data: { ...result, opens: [owed('sign')] } }];
};

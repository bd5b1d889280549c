import { aggregateTypeOf, type Recorded } from '../../shared/domain/events.ts';
import { isRungEvent, type Obligation, obligationEvents, type RungData } from '../../shared/domain/obligation.ts';
import type { Holder } from '../../shared/people/access.ts';
import type { Post, Role } from '../../shared/people/posts.ts';
import { DAY, type Instant } from '../../shared/time/clock.ts';
import { accountStepDue, deductionFailed } from '../billing/events.ts';
import { callbackReached } from '../callbacks/events.ts';
import {
  complaintAccepted,
  complaintAssigned,
  complaintCalledBack,
  complaintDecided,
  complaintMarkedImportant,
  complaintReopened,
  complaintUnresolved,
} from '../complaints/events.ts';
import { contactAccepted, contactRouted } from '../intake/events.ts';
import { staffChanged, staffJoined, staffSignInAsked, staffSignInChanged } from '../registry/events.ts';
import { alertRaised, improvementPlanned } from '../reporting/events.ts';
import type { Kind, MailState, Said, Seat } from './notice.ts';

/** Work that goes from one desk to another; agents and supervisors work from their lists instead. */
const HANDED = [
  contactRouted,
  complaintAssigned,
  complaintUnresolved,
  complaintDecided,
  complaintReopened,
  complaintCalledBack,
  callbackReached,
  improvementPlanned,
] as const;
const HEARS_OF_WORK: readonly Role[] = ['department-head', 'centre-manager'];

export const noticed = [
  ...obligationEvents('contact'),
  ...obligationEvents('complaint'),
  ...obligationEvents('callback'),
  ...obligationEvents('account'),
  accountStepDue,
  ...obligationEvents('letter'),
  ...obligationEvents('payer'),
  ...obligationEvents('runmail'),
  ...obligationEvents('slip'),
  ...obligationEvents('deduction'),
  ...obligationEvents('invoice'),
  ...obligationEvents('remittance'),
  ...obligationEvents('cashday'),
  ...obligationEvents('improvement'),
  ...obligationEvents('erasure'),
  deductionFailed,
  complaintMarkedImportant,
  complaintAccepted,
  contactAccepted,
  staffJoined,
  staffChanged,
  staffSignInAsked,
  staffSignInChanged,
  alertRaised,
  ...obligationEvents('alert'),
  ...HANDED,
] as const;
/** Of what a department accepted, only what was recorded in its head's name is told; of staff, only posts a director alone gave. */
export const noticedHaving = {
  'complaint.accepted': 'proxyFor',
  'contact.accepted': 'proxyFor',
  'staff.joined': 'givenAlone',
  'staff.changed': 'givenAlone',
} as const;
export type Noticed = Recorded<(typeof noticed)[number]>;

/** What dunning asks of people; mails and letters go by themselves, or have lists of their own. */
const TASKS = ['phone', 'visit', 'review'] as const;

/**
 * A site may have hundreds of steps on a day: a post hears once a day that there are any; the list of tasks says which.
 * The entry is the day's, by its end: whichever account's step is heard of first, it is the same.
 */
const dayOfSteps = ({ site, at, data }: Recorded<typeof accountStepDue>): Call | undefined => {
  const { channels, opens, on, due } = data;
  const duty = TASKS.find((task) => channels.includes(task));
  const owed = opens?.find((one) => one.duty === 'step');
  return (
    duty &&
    owed && {
      said: { site, type: 'account', about: on, at, kind: 'handed', duty, due },
      to: owed.post,
      once: { id: `${site}/${on}/${duty}`, at: due - DAY },
    }
  );
};

/** What an event says to whom. */
export interface Call {
  said: Said;
  to: Post;
  /** Who of that post has taken it on, and alone is reminded. */
  only?: string | undefined;
  /** Nobody hears in the place of whoever is meant. */
  alone?: true;
  /** Who needn't be told, having done it. */
  except?: string | undefined;
  /** Whose having done it isn't enough: somebody else of that post hears, or the post above. */
  not?: readonly string[];
  /** What stands for the event where many events say the same: each person hears of it once. */
  once?: { id: string; at: Instant };
}

/**
 * Who hears of an alert. A major event interrupts the site director; a rise is work of the supervisor, the manager hears; of
 * a figure about to miss its target whoever runs the day hears, and the heads whose departments owe of it.
 */
const heardOfAlert = (event: Recorded<typeof alertRaised>): Call[] => {
  const { rule, value, departments, opens } = event.data;
  const { site, aggregate, at } = event;
  const said = { site, type: 'alert', about: aggregate, at, duty: rule, what: value };
  const tell = (kind: Kind, to: Post): Call => ({ said: { ...said, kind, due: opens[0]?.due }, to });
  switch (rule) {
    case 'major':
      return [tell('major', { role: 'site-director' }), tell('major', { role: 'centre-manager' })];
    case 'rise':
      return [tell('alert', { role: 'centre-manager' }), tell('handed', { role: 'supervisor' })];
    case 'at-risk':
      return [
        tell('alert', { role: 'supervisor' }),
        ...departments.map((department) => tell('alert', { role: 'department-head', department })),
      ];
    default:
      throw new Error(`Nobody is named to hear of an alert of ${rule satisfies never}`);
  }
};

/** What is told of a member of staff, by what happened. */
const OF_STAFF = {
  'staff.joined': 'joined',
  'staff.changed': 'post-given',
  'staff.sign-in-asked': 'sign-in-asked',
  'staff.sign-in-changed': 'sign-in-changed',
} as const;
type OfStaff = Recorded<typeof staffJoined | typeof staffChanged | typeof staffSignInAsked | typeof staffSignInChanged>;
const isOfStaff = (event: Noticed): event is OfStaff & Noticed => event.name in OF_STAFF;

/**
 * Whose sign-in somebody is concerns them, whoever is above each of their posts, and, while it is asked for, the administrators
 * who decide; so does it whom a director alone made a colleague or gave a post. Who did it, asks for it or agrees is nobody's superior
 * here: then the post above hears.
 */
const heardOfSignIn = (event: OfStaff): Call[] => {
  const { name, aggregate, at, by, data } = event;
  const isAsked = name === 'staff.sign-in-asked';
  const not = [aggregate, by, ...('askedBy' in data ? [data.askedBy] : [])];
  const duty = OF_STAFF[name];
  const tell = (site: string, to: Post, how: Partial<Call>): Call => ({
    said: { site, type: 'staff', about: aggregate, at, kind: 'sign-in', duty },
    to,
    ...how,
  });
  const [first] = data.grants;
  const above = data.grants.map(({ site, role }) => {
    const up = ABOVE[role];
    return up ? tell(site, { role: up }, { not }) : tell(site, { role }, { not, alone: true });
  });
  return [
    ...(first ? [tell(first.site, first, { only: aggregate, alone: true })] : []),
    ...above,
    ...(isAsked ? [tell('*', { role: 'administrator' }, { not, alone: true })] : []),
  ];
};

/** What an event says to each who has to hear of it: those who are mailed first, since a person hears of it once. */
export const callsOf = (event: Noticed): Call[] => {
  if (event.name === 'alert.raised') return heardOfAlert(event as Recorded<typeof alertRaised>);
  if (isOfStaff(event)) return heardOfSignIn(event);
  return [callOf(event) ?? []].flat();
};

/** Of an event that one post hears of; `undefined` when nobody has to. */
export const callOf = (event: Noticed): Call | undefined => {
  const said = { site: event.site, type: aggregateTypeOf(event.name), about: event.aggregate, at: event.at };
  if (isRungEvent(event.name)) {
    const { to, duty, due, claimedBy } = event.data as RungData;
    const kind = event.name.slice(event.name.indexOf('.') + 1) as Kind;
    return { said: { ...said, kind, duty, due }, to, only: kind === 'reminded' ? claimedBy : undefined };
  }
  if (event.name === 'account.step-due') return dayOfSteps(event as Recorded<typeof accountStepDue>);
  if (event.name === 'complaint.marked-important') {
    return { said: { ...said, kind: 'important' }, to: { role: 'site-director' } };
  }
  if (event.name === 'complaint.accepted' || event.name === 'contact.accepted') {
    const { department, proxyFor } = event.data as { department?: string; proxyFor?: string };
    const to = { role: 'department-head' as const, department };
    return proxyFor === undefined
      ? undefined
      : { said: { ...said, kind: 'proxy', duty: 'accept' }, to, only: proxyFor };
  }
  const { opens } = event.data as { opens: Obligation[] };
  // Nobody looks for what a bank's file brought.
  const handed = opens.find(({ post }) => event.name === 'deduction.failed' || HEARS_OF_WORK.includes(post.role));
  return (
    handed && {
      said: { ...said, kind: 'handed', duty: handed.duty, due: handed.due },
      to: handed.post,
      except: event.by,
    }
  );
};

/** The next post up; a vacant post never swallows what it should have heard. */
const ABOVE: Partial<Record<Role, Role>> = {
  agent: 'supervisor',
  'department-head': 'supervisor',
  supervisor: 'centre-manager',
  'centre-manager': 'site-director',
  'site-director': 'group-manager',
  'quality-manager': 'group-manager',
  'group-manager': 'administrator',
};
/** The seats to try in turn for a post at a site; somebody may hold a post for the whole group, too. */
export const seatsFor = (site: string, { role, department }: Post): Seat[] => {
  const at = (post: Post): Seat[] => [
    { site, ...post },
    { site: '*', ...post },
  ];
  const seats = at(department === undefined ? { role } : { role, department });
  for (let up = ABOVE[role]; up; up = ABOVE[up]) seats.push(...at({ role: up }));
  return seats;
};

/** From the director upwards there is one digest a day; only what is important, a major event (重大), or a sign-in interrupts. */
const DIGESTED: readonly Role[] = ['site-director', 'quality-manager', 'group-manager', 'administrator'];
const INTERRUPTS: readonly Kind[] = ['important', 'major', 'sign-in', 'proxy'];

export const mailStateOf = (kind: Kind, seat: Seat, { email }: Holder): MailState => {
  if (kind === 'handed') return 'none';
  if (email === undefined) return 'no-address';
  return DIGESTED.includes(seat.role) && !INTERRUPTS.includes(kind) ? 'digest' : 'due';
};

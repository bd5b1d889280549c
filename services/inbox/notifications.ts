import { aggregateTypeOf, type Recorded } from '../../shared/domain/events.ts';
import { isRungEvent, type Obligation, obligationEvents, type RungData } from '../../shared/domain/obligation.ts';
import type { Holder } from '../../shared/people/access.ts';
import { NEXT_UP, type Position, type Role } from '../../shared/people/positions.ts';
import { DAY } from '../../shared/time/clock.ts';
import { accountStepDue, deductionFailed } from '../billing/events.ts';
import { callbackReached } from '../callbacks/events.ts';
import {
  type ComplaintDuty,
  complaintAccepted,
  complaintAssigned,
  complaintCalledBack,
  complaintDecided,
  complaintMarkedImportant,
  complaintRegistered,
  complaintReopened,
  complaintUnresolved,
  POSITION_OF_DUTY,
} from '../complaints/events.ts';
import { contactAccepted, contactRouted } from '../intake/events.ts';
import { staffActivated, staffChanged, staffJoined, staffStandsIn } from '../registry/events.ts';
import { alertRaised, improvementPlanned } from '../reporting/events.ts';
import type { Kind, NoticeMailState, SitePosition } from './notice.ts';
import type { Notification } from './notification.ts';
import { heardOfStaff, isOfStaff } from './staff-notifications.ts';
import { heardOfWait, isWaitEvent, waitEvents, waitHaving } from './waits.ts';

/** Work that goes from one desk to another; agents and supervisors work from their lists instead. */
const HANDED = [
  complaintRegistered,
  contactRouted,
  complaintAssigned,
  complaintUnresolved,
  complaintDecided,
  complaintReopened,
  complaintCalledBack,
  callbackReached,
  improvementPlanned,
] as const;
const HANDS: ReadonlySet<string> = new Set([deductionFailed, ...HANDED].map(({ name }) => name));
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
  staffActivated,
  staffStandsIn,
  alertRaised,
  ...obligationEvents('alert'),
  ...HANDED,
  ...waitEvents,
] as const;
/**
 * Of what a department accepted, only what was recorded in its head's name is told; of a
 * complaint registered, where somebody is accused; of staff, positions that decide for two and addresses that are left.
 */
export const noticedHaving = {
  ...waitHaving,
  'complaint.registered': 'about',
  'complaint.accepted': 'proxyFor',
  'contact.accepted': 'proxyFor',
  'staff.joined': 'told',
  'staff.changed': 'told',
  'staff.activated': 'told',
  'staff.stands-in': 'told',
} as const;
export type Noticed = Recorded<(typeof noticed)[number]>;

/** What dunning asks of people; mails and letters go by themselves, or have lists of their own. */
const TASKS = ['phone', 'visit', 'review'] as const;

/**
 * A site may have hundreds of steps on a day: a position hears once a day that there are any; the list of tasks says which.
 * The entry is the day's, by its end: whichever account's step is heard of first, it is the same.
 */
const dayOfSteps = ({ site, at, data }: Recorded<typeof accountStepDue>): Notification | undefined => {
  const { channels, opens, on, due } = data;
  const duty = TASKS.find((task) => channels.includes(task));
  const owed = opens?.find((one) => one.duty === 'step');
  return (
    duty &&
    owed && {
      said: { site, type: 'account', about: on, at, kind: 'handed', duty, due },
      to: owed.position,
      idempotencyKey: { id: `${site}/${on}/${duty}`, at: due - DAY },
    }
  );
};

/**
 * Who hears of an alert. A major event interrupts the site director; a rise is work of the supervisor, the manager hears; of
 * a figure about to miss its target whoever runs the day hears, and the heads whose departments owe of it.
 */
const heardOfAlert = (event: Recorded<typeof alertRaised>): Notification[] => {
  const { rule, value, departments, opens } = event.data;
  const { site, aggregate, at } = event;
  const said = { site, type: 'alert', about: aggregate, at, duty: rule, what: value };
  const notification = (kind: Kind, to: Position): Notification => ({
    said: { ...said, kind, due: opens[0]?.due },
    to,
  });
  switch (rule) {
    case 'major':
      return [notification('major', { role: 'site-director' }), notification('major', { role: 'centre-manager' })];
    case 'rise':
      return [notification('alert', { role: 'centre-manager' }), notification('handed', { role: 'supervisor' })];
    case 'at-risk':
      return [
        notification('alert', { role: 'supervisor' }),
        ...departments.map((department) => notification('alert', { role: 'department-head', department })),
      ];
    default:
      throw new Error(`Nobody is named to hear of an alert of ${rule satisfies never}`);
  }
};

/** Whether a position owes what another would, who alone holds that and is accused: nobody works from a list of that. */
const isInsteadOf = (type: string, { duty, position }: Obligation): boolean =>
  (type === 'complaint' && duty in POSITION_OF_DUTY && POSITION_OF_DUTY[duty as ComplaintDuty] !== position.role) ||
  (type === 'callback' && duty === 'opinions' && position.role !== 'department-head');

/** What an event says to each who has to hear of it: those who are mailed first, since a person hears of it once. */
export const notificationsFor = (event: Noticed): Notification[] => {
  if (event.name === 'alert.raised') return heardOfAlert(event as Recorded<typeof alertRaised>);
  if (isOfStaff(event)) return heardOfStaff(event);
  return [...(isWaitEvent(event) ? heardOfWait(event) : []), ...[callOf(event) ?? []].flat()];
};

/** Of an event that one position hears of; `undefined` when nobody has to. */
export const callOf = (event: Noticed): Notification | undefined => {
  const { site, aggregate: about, at, called } = event;
  const said = { site, type: aggregateTypeOf(event.name), about, at, ...called };
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
  if (!HANDS.has(event.name)) return undefined;
  const { opens } = event.data as { opens: Obligation[] };
  // Nobody looks for what a bank's file brought.
  const handed = opens.find(
    (owed) =>
      event.name === 'deduction.failed' || HEARS_OF_WORK.includes(owed.position.role) || isInsteadOf(said.type, owed),
  );
  return (
    handed && {
      said: { ...said, kind: 'handed', duty: handed.duty, due: handed.due },
      to: handed.position,
      except: event.by,
    }
  );
};

/** The positions to try in turn for a position at a site; somebody may hold a position for the whole group, too. */
export const sitePositionsFor = (site: string, { role, department }: Position): SitePosition[] => {
  const at = (position: Position): SitePosition[] => [
    { site, ...position },
    { site: '*', ...position },
  ];
  const sitePositions = at(department === undefined ? { role } : { role, department });
  for (let up = NEXT_UP[role]; up; up = NEXT_UP[up]) sitePositions.push(...at({ role: up }));
  return sitePositions;
};

/** From the director upwards there is one digest a day; only what is important, a major event (重大), a sign-in, or what was said in one's name interrupts. */
const DIGESTED: readonly Role[] = ['site-director', 'quality-manager', 'group-manager', 'administrator'];
const INTERRUPTS: readonly Kind[] = ['important', 'major', 'sign-in', 'proxy'];

export const mailStateOf = (kind: Kind, sitePosition: SitePosition, { email }: Partial<Holder>): NoticeMailState => {
  if (kind === 'handed') return 'none';
  if (email === undefined) return 'no-address';
  return DIGESTED.includes(sitePosition.role) && !INTERRUPTS.includes(kind) ? 'digest' : 'due';
};

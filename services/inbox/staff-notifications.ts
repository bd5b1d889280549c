import type { EventDef, Recorded } from '../../shared/domain/events.ts';
import { NEXT_UP, type Position } from '../../shared/people/positions.ts';
import type {
  staffActivated,
  staffChanged,
  staffJoined,
  staffSignInAsked,
  staffSignInChanged,
  staffSignInRefused,
  staffStandsIn,
} from '../registry/events.ts';
import type { Notification } from './notification.ts';

type OfStaff = Recorded<
  | typeof staffJoined
  | typeof staffChanged
  | typeof staffActivated
  | typeof staffStandsIn
  | typeof staffSignInAsked
  | typeof staffSignInChanged
  | typeof staffSignInRefused
>;
/** What is told of a sign-in; of positions and addresses the event says it (`told`). */
const OF_SIGN_IN: Record<string, string> = {
  'staff.sign-in-asked': 'sign-in-asked',
  'staff.sign-in-changed': 'sign-in-changed',
  'staff.sign-in-refused': 'sign-in-refused',
};

export const isOfStaff = <E extends Recorded<EventDef>>(event: E): event is E & OfStaff =>
  event.name.startsWith('staff.');

/**
 * Whose sign-in somebody is concerns them, whoever is above each of their positions, and, while it is asked for, the administrators
 * who decide. So does a position that decides for two, or that one person alone gave; an address that was left concerns the person, who
 * reads it there, and a refusal who asked, too. Who did it, asks for it or agrees is nobody's superior here: then the position above hears.
 */
export const heardOfStaff = (event: OfStaff): Notification[] => {
  const { name, aggregate, at, by, data } = event;
  const askedBy = 'askedBy' in data ? data.askedBy : undefined;
  const not = [aggregate, by, ...(askedBy === undefined ? [] : [askedBy])];
  const [first = { site: '*', role: 'agent' as const }] = data.grants;
  const notification = (duty: string, site: string, to: Position, how: Partial<Notification>): Notification => ({
    said: { site, type: 'staff', about: aggregate, at, kind: 'sign-in', duty, by: askedBy ?? by },
    to,
    ...how,
  });
  const toOwn = (duty: string, own: string) => notification(duty, first.site, first, { own });
  const toAbove = (duty: string, how: Partial<Notification>) =>
    data.grants.map(({ site, role }) => {
      const up = NEXT_UP[role];
      return up
        ? notification(duty, site, { role: up }, { not, ...how })
        : notification(duty, site, { role }, { not, alone: true });
    });
  const toAdministrators = (duty: string) => notification(duty, '*', { role: 'administrator' }, { not, alone: true });

  const signIn = OF_SIGN_IN[name];
  if (signIn !== undefined) {
    if (name === 'staff.sign-in-refused') {
      return [aggregate, askedBy as string].filter((staff) => staff !== by).map((staff) => toOwn(signIn, staff));
    }
    const decided = name === 'staff.sign-in-asked' ? [toAdministrators(signIn)] : [];
    return [toOwn(signIn, aggregate), ...toAbove(signIn, { mayBeNobody: true }), ...decided];
  }
  const told = 'told' in data ? (data.told ?? []) : [];
  return told.flatMap((duty) => [
    ...(duty === 'joined' ? [] : [toOwn(duty, aggregate)]),
    ...(duty === 'address-left' ? [] : [...toAbove(duty, { mayBeNobody: true }), toAdministrators(duty)]),
  ]);
};

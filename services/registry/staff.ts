import { isDeepStrictEqual } from 'node:util';
import type { PersonalRef, Recorded } from '../../shared/domain/events.ts';
import type { Random } from '../../shared/domain/ids.ts';
import { forbidden, notFound, refuse } from '../../shared/domain/refusal.ts';
import type { AggregateType, Decision } from '../../shared/journal/aggregate.ts';
import { DEPLOYMENT_ADMIN, type Grant, type Person, positionOf, type StandIn } from '../../shared/people/access.ts';
import { goneOf, type KnownTexts, toldGone } from '../../shared/people/personal.ts';
import { newSignIn, notSecond, type On } from '../../shared/people/second-person.ts';
import type { Language } from '../../shared/text/catalogue.ts';
import type { Instant } from '../../shared/time/clock.ts';
import {
  staffActivated,
  staffChanged,
  staffDeactivated,
  staffJoined,
  staffSignInAsked,
  staffSignInChanged,
  staffSignInRefused,
  staffStandsIn,
  staffStoodIn,
} from './events.ts';
import { administers, giving, mayManage } from './managing.ts';
import { textKeeper } from './texts.ts';

const events = [
  staffJoined,
  staffChanged,
  staffSignInAsked,
  staffSignInChanged,
  staffSignInRefused,
  staffDeactivated,
  staffActivated,
  staffStandsIn,
  staffStoodIn,
] as const;
export type StaffEvent = (typeof events)[number];

export interface Staff {
  name: PersonalRef;
  email?: PersonalRef | undefined;
  language: Language;
  subject: string;
  grants: Grant[];
  /** The positions of whom they stand in for, or did a while ago. */
  standsIn?: StandIn[];
  /** Where they ever held a position. */
  sites: string[];
  active: boolean;
  /**
   * Since when the sign-in is theirs, where it was changed, or they and their positions where a director alone gave them; and whose it
   * was, if the deployment's administrator's.
   */
  signInSince?: Instant;
  took?: string | undefined;
  /** The sign-in that somebody asks for, for them. */
  asked?: { subject: string; by: string; at: Instant; reason: PersonalRef };
  owed: [];
}
/** A member of staff as people write them. */
export interface StaffFacts {
  name: string;
  email?: string | undefined;
  language: Language;
  subject: string;
  grants: Grant[];
}

/** So that one transaction (100 items) can publish and withdraw all of them. */
export const GRANTS_MAX = 30;
/** Positions of others that somebody may hold at a time. */
export const STANDS_IN_MAX = 20;

const sitesOf = ({ grants }: Pick<Staff, 'grants'>, before: readonly string[] = []): string[] => [
  ...new Set([...before, ...grants.map(({ site }) => site)]),
];

const fold = (state: Staff | undefined, event: Recorded<StaffEvent>): Staff => {
  const { at, by } = event;
  if (event.name === 'staff.joined') {
    const { givenAlone, told: _, ...facts } = event.data;
    const since = facts.took === undefined && !givenAlone ? {} : { signInSince: at };
    return { ...facts, ...since, sites: sitesOf(event.data), active: true, owed: [] };
  }
  if (!state) throw new Error(`${event.id} stands before the joining`);
  const { asked: _, ...answered } = state;
  switch (event.name) {
    case 'staff.changed': {
      const { email: __, ...kept } = state;
      const { gone: ___, told: ____, givenAlone, ...facts } = event.data;
      return { ...kept, ...facts, ...(givenAlone ? { signInSince: at } : {}), sites: sitesOf(facts, state.sites) };
    }
    case 'staff.sign-in-asked':
      return { ...state, asked: { subject: event.data.subject, by, at, reason: event.data.reason } };
    case 'staff.sign-in-changed':
      return { ...answered, subject: event.data.subject, signInSince: at };
    case 'staff.sign-in-refused':
      return answered;
    case 'staff.stands-in': {
      const { for: away, grants, givenAlone } = event.data;
      const others = (state.standsIn ?? []).filter((one) => one.for !== away && one.until > at);
      const standsIn = [...others, ...grants.map((one) => ({ ...one, for: away }))];
      const sites = sitesOf(event.data, state.sites);
      return { ...state, standsIn, sites, ...(givenAlone ? { signInSince: at } : {}) };
    }
    case 'staff.stood-in':
      return { ...state, standsIn: (state.standsIn ?? []).filter((one) => one.for !== event.data.for) };
    case 'staff.activated':
      return { ...state, active: true, ...(event.data.givenAlone ? { signInSince: at } : {}) };
    default: {
      const { standsIn: ___, ...left } = state;
      return { ...left, active: false };
    }
  }
};

export const staffType: AggregateType<Staff, StaffEvent> = {
  type: 'staff',
  ids: 'staff',
  kind: 'record',
  events,
  most: { grants: GRANTS_MAX, standsIn: STANDS_IN_MAX, sites: 200 },
  fold,
  finished: ({ active }) => !active,
};

interface Situation {
  person: Person;
  now: Instant;
  random: Random;
  /** Who has, or had, the wanted subject already. */
  holder: string | undefined;
  texts?: KnownTexts | undefined;
}

/** Every position that somebody has a part in: their own, and those they stand in for now or later. Who decides about them decides about all. */
export const heldBy = ({ grants, standsIn = [] }: Pick<Staff, 'grants' | 'standsIn'>, now: Instant): Grant[] => [
  ...grants,
  ...standsIn.filter(({ until }) => until > now).map(positionOf),
];

export const staffTexts = ({ name, email }: Pick<Staff, 'name' | 'email'>): PersonalRef[] =>
  email ? [name, email] : [name];

const notManaged = () => forbidden(['role.administrator']);

export const join = (state: Staff | undefined, facts: StaffFacts, on: Situation): Decision<StaffEvent> => {
  if (!mayManage(on.person, facts.grants)) return notManaged();
  const took = on.holder === DEPLOYMENT_ADMIN ? DEPLOYMENT_ADMIN : undefined;
  if (took && on.person.staff === took) return refuse('staff.not-yourself');
  if (took && !administers(on.person, [])) return notManaged();
  if (state || (on.holder !== undefined && !took)) return refuse('staff.subject-taken', { staff: on.holder ?? '' });
  const { data, personal } = written(undefined, facts, on);
  const more = { ...(took ? { took } : {}), ...giving(on.person, [], data.grants, 'joined') };
  return { events: [{ name: 'staff.joined', data: { ...data, ...more } }], personal };
};

export const change = (
  { id, state }: { id: string; state: Staff | undefined },
  facts: StaffFacts,
  on: Omit<Situation, 'holder'>,
): Decision<StaffEvent> => {
  if (!state) return notFound(id);
  if (!mayManage(on.person, [...heldBy(state, on.now), ...facts.grants])) return notManaged();
  if (facts.subject !== state.subject) return refuse('staff.sign-in-by-two');
  const { data, personal } = written(state, facts, on);
  const { name, email, language, subject, grants } = state;
  const before = { name, ...(email ? { email } : {}), language, subject, grants };
  if (isDeepStrictEqual(data, before)) return { events: [] };
  if (!isDeepStrictEqual(data.grants, grants) && on.person.staff === id) return refuse('staff.not-yourself');
  const gone = goneOf(staffTexts(state), staffTexts(data), on.texts ?? new Map());
  const { told = [], ...given } = giving(on.person, grants, data.grants, 'position-given');
  const left = email !== undefined && email.ref !== data.email?.ref ? ['address-left' as const] : [];
  const hear = [...told, ...left];
  const more = { ...toldGone(gone), ...given, ...(hear.length > 0 ? { told: hear } : {}) };
  return { events: [{ name: 'staff.changed', data: { ...data, ...more } }], personal, gone };
};

/** In which language somebody is spoken to, they say themselves. */
export const speaks = (
  { id, state }: { id: string; state: Staff | undefined },
  language: Staff['language'],
): Decision<StaffEvent> => {
  if (!state) return notFound(id);
  if (state.language === language) return { events: [] };
  const { name, email, subject, grants } = state;
  return {
    events: [{ name: 'staff.changed', data: { name, ...(email ? { email } : {}), language, subject, grants } }],
  };
};

/** Somebody asks that a member of staff sign in as another from now on: whoever may change them, also they themselves. */
export const askSignIn = (
  { id, state }: { id: string; state: Staff | undefined },
  { subject, reason }: { subject: string; reason: string },
  { person, now, random, holder, context }: Situation & Pick<On, 'context'>,
): Decision<StaffEvent> => {
  if (!state) return notFound(id);
  const grants = heldBy(state, now);
  if (!mayManage(person, grants)) return notManaged();
  const newcomer = newSignIn({ actor: person, now, context });
  if (newcomer) return newcomer;
  if (holder !== undefined && holder !== id) return refuse('staff.subject-taken', { staff: holder });
  if (subject === state.subject) return { events: [] };
  if (state.asked?.subject === subject && state.asked.by === person.staff) return { events: [] };
  const { refTo, personal } = textKeeper(now, random, new Map());
  const data = { subject, grants, reason: refTo('reason', reason, undefined) };
  return { events: [{ name: 'staff.sign-in-asked', data }], personal };
};

/** What is known when somebody decides on a sign-in. */
export interface Deciding extends Omit<On, 'actor'> {
  person: Person;
  holder: string | undefined;
  /** Since when the sign-in of who asked is theirs, where it was changed. */
  since: Instant | undefined;
}

/**
 * Whose sign-in it is decides an administrator who neither asked nor is the one, and has their own for a while: else whoever may change
 * a colleague would be two people. It says which sign-in, so that what is agreed to is what was seen.
 */
export const decideSignIn = (
  { id, state }: { id: string; state: Staff | undefined },
  { subject, agree }: { subject: string; agree: boolean },
  { person, now, holder, context, since }: Deciding,
): Decision<StaffEvent> => {
  if (!state) return notFound(id);
  const { asked } = state;
  const grants = heldBy(state, now);
  if (!mayManage(person, grants)) return notManaged();
  if (asked?.subject !== subject) return refuse('staff.sign-in-not-asked');
  const askedBy = asked.by;
  if (!agree) return { events: [{ name: 'staff.sign-in-refused', data: { subject, askedBy, grants } }] };
  if (!administers(person, grants)) return notManaged();
  if (person.staff === id) return refuse('staff.another-administrator');
  const refused = notSecond({ actor: person, now, context }, asked, since, 'staff.another-administrator');
  if (refused) return refused;
  if (holder !== undefined && holder !== id) return refuse('staff.subject-taken', { staff: holder });
  return { events: [{ name: 'staff.sign-in-changed', data: { subject, grants, askedBy } }] };
};

/** Writes are refused from the next request on, reads within a minute. */
export const setActive = (
  { id, state }: { id: string; state: Staff | undefined },
  active: boolean,
  person: Person,
  now: Instant,
): Decision<StaffEvent> => {
  if (!state) return notFound(id);
  if (!mayManage(person, heldBy(state, now))) return notManaged();
  if (person.staff === id) return refuse('staff.not-yourself');
  if (state.active === active) return { events: [] };
  if (!active) return { events: [{ name: 'staff.deactivated', data: {} }] };
  const { grants } = state;
  return { events: [{ name: 'staff.activated', data: { grants, ...giving(person, [], grants, 'activated') } }] };
};

/** Sets name and address apart; one that is there already keeps its item. */
const written = (
  state: Staff | undefined,
  { name, email, ...rest }: StaffFacts,
  { now, random, texts = new Map() }: Pick<Situation, 'now' | 'random' | 'texts'>,
) => {
  const { refTo, personal } = textKeeper(now, random, texts);
  const refs = {
    name: refTo('name', name, state?.name),
    ...(email === undefined ? {} : { email: refTo('email', email, state?.email) }),
  };
  return { data: { ...refs, ...rest }, personal };
};

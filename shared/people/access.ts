import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '../aws/many.ts';
import type { PersonalRef } from '../domain/events.ts';
import type { Language } from '../text/catalogue.ts';
import type { Clock, Instant } from '../time/clock.ts';
import type { Position, Role } from './positions.ts';

/** What somebody may do at a site; `*` is every site of the group. */
export interface Grant {
  site: string;
  role: Role;
  /** For a department's staff: which one. */
  department?: string | undefined;
}

/** A position that somebody holds for whoever is away, from an instant on and before another. */
export interface StandIn extends Grant {
  /** Who is away. */
  for: string;
  from: Instant;
  until: Instant;
}

const isHeld = ({ from, until }: { from: Instant; until: Instant }, at: Instant): boolean => from <= at && at < until;

/** A member of staff as the registry publishes them under their OIDC subject. */
export interface Person {
  staff: string;
  active: boolean;
  language: Language;
  /** Theirs, and those of whom they stand in for now. */
  grants: Grant[];
  standsIn?: StandIn[] | undefined;
  /** Since when this sign-in is theirs, where it was changed. */
  signInSince?: Instant | undefined;
}

/** Somebody acting at one site: all that the domain needs to know of them. */
export interface Actor {
  staff: string;
  roles: Role[];
  /** Which they head. */
  departments: string[];
  /** Since when their sign-in is theirs, where it was changed. */
  signInSince?: Instant | undefined;
}

/** The keys under which the registry publishes what other services read; owned here, written by the registry alone. */
export const accessKey = (subject: string) => ({ pk: `access#${subject}`, sk: 'grants' });
export const rosterKey = (site: string, { role, department }: Position, staff: string) => ({
  pk: `roster#${site}`,
  sk: `${role}#${department ?? ''}#${staff}`,
});

/** A member of staff by their id: where they hold a position, or held one. Whoever left stays known for what they did. */
export interface StaffCard {
  staff: string;
  /** `*`: of the whole group. */
  sites: string[];
  /** Since when their sign-in is theirs, where it was changed. */
  signInSince?: Instant | undefined;
}
export const staffKey = (staff: string) => ({ pk: `staffid#${staff}`, sk: 'card' });

/** How a member of staff is reached, whatever positions they hold: for what concerns them and no position. */
export interface Reach {
  language: Language;
  name: PersonalRef;
  email?: string;
}
export const reachKey = (staff: string) => ({ pk: `reach#${staff}`, sk: 'now' });
/** An address that was theirs: beside the present one, with `until` when it is told what concerns their sign-in. */
export const addressLeftKey = (staff: string, ref: string) => ({ pk: `reach#${staff}`, sk: `was#${ref}` });

/** Where somebody is reached: every address they have, or had lately at a moment. */
export const reachOf = async (
  { doc, registry }: { doc: DynamoDBDocumentClient; registry: string },
  staff: string,
  at: Instant,
): Promise<(Omit<Reach, 'email'> & { emails: string[] }) | undefined> => {
  const items = await queryAll(
    { doc, table: registry },
    {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': reachKey(staff).pk },
      ConsistentRead: true,
    },
  );
  const now = items.find(({ sk }) => sk === reachKey(staff).sk) as Reach | undefined;
  if (!now) return undefined;
  const emails = items.flatMap(({ email, until }) =>
    email !== undefined && (until === undefined || (until as number) > at) ? [email as string] : [],
  );
  return { language: now.language, name: now.name, emails: [...new Set(emails)] };
};

/** Who the subject named at deployment is, until the registry knows that subject itself. */
export const DEPLOYMENT_ADMIN = 'system:admin';

/** Somebody with the positions that they hold at a moment. */
const asOf = (person: Person | undefined, at: Instant): Person | undefined =>
  person?.standsIn
    ? { ...person, grants: [...person.grants, ...person.standsIn.filter((one) => isHeld(one, at)).map(positionOf)] }
    : person;
export const positionOf = ({ site, role, department }: Grant): Grant => ({
  ...{ site, role },
  ...(department === undefined ? {} : { department }),
});

/** Grants are cached for at most a minute; a write checks them anew. */
const CACHE_MS = 60_000;

export const access = ({
  doc,
  registry,
  clock,
  admin,
}: {
  doc: DynamoDBDocumentClient;
  registry: string;
  clock: Clock;
  admin?: string | undefined;
}) => {
  const cache = new Map<string, { until: Instant; person: Person | undefined }>();

  /** Whether it is the subject that was named at deployment. */
  const isDeployments = (subject: string): boolean => admin !== undefined && subject === admin;

  const read = async (subject: string): Promise<Person | undefined> => {
    const { Item } = await doc.send(
      new GetCommand({ TableName: registry, Key: accessKey(subject), ConsistentRead: true }),
    );
    if (Item) return Item as unknown as Person;
    // The subject named at deployment sets the group up; once the registry knows them, it alone decides.
    return isDeployments(subject)
      ? { staff: DEPLOYMENT_ADMIN, active: true, language: 'zh-CN', grants: [{ site: '*', role: 'administrator' }] }
      : undefined;
  };

  /** Who a subject is; `undefined` for a stranger or somebody deactivated. */
  const person = async (subject: string, fresh: boolean): Promise<Person | undefined> => {
    const known = cache.get(subject);
    if (!fresh && known && known.until > clock()) return asOf(known.person, clock());
    const found = await read(subject);
    const active = found?.active ? found : undefined;
    if (cache.size > 10_000) cache.clear();
    cache.set(subject, { until: clock() + CACHE_MS, person: active });
    return asOf(active, clock());
  };

  return { person, isDeployments };
};

/** What the registry needs to know besides. */
export type AccessOfAdmin = ReturnType<typeof access>;
export type Access = Pick<AccessOfAdmin, 'person'>;

/** Whoever holds a position at a site today, as the registry publishes them. */
export interface Holder {
  staff: string;
  /** Theirs, where the position is of a department. */
  department?: string;
  language: Language;
  email?: string;
  /** When, and for whom, where they only stand in. */
  standsIn?: Pick<StandIn, 'for' | 'from' | 'until'>[];
}

const holds = ({ standsIn }: Pick<Holder, 'standsIn'>, at: Instant): boolean =>
  standsIn === undefined || standsIn.some((one) => isHeld(one, at));

/** Who holds a position at a moment that is now or near. */
export const holders = async (
  { doc, registry }: { doc: DynamoDBDocumentClient; registry: string },
  site: string,
  { role, department }: Position,
  at: Instant,
): Promise<Holder[]> => {
  const items = await queryAll(
    { doc, table: registry },
    {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :position)',
      ExpressionAttributeValues: {
        ':pk': `roster#${site}`,
        ':position': `${role}#${department === undefined ? '' : `${department}#`}`,
      },
    },
  );
  return items.flatMap(({ sk, ...item }) => {
    const holder = item as unknown as Holder;
    const department = (sk as string).split('#')[1];
    return holds(holder, at) ? [{ ...holder, ...(department ? { department } : {}) }] : [];
  });
};

/** One holder of a position, while they hold it. */
export const holderOf = async (
  { doc, registry }: { doc: DynamoDBDocumentClient; registry: string },
  site: string,
  position: Position,
  staff: string,
  at: Instant,
): Promise<Holder | undefined> => {
  const { Item } = await doc.send(new GetCommand({ TableName: registry, Key: rosterKey(site, position, staff) }));
  const holder = Item as unknown as Holder | undefined;
  return holder && holds(holder, at) ? holder : undefined;
};

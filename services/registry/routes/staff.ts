import * as z from 'zod';
import type { PersonalRef } from '../../../shared/domain/events.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { invalid, notFound } from '../../../shared/domain/refusal.ts';
import { rule } from '../../../shared/http/field-rules.ts';
import { type Input, routesFor } from '../../../shared/http/route.ts';
import {
  departmentId,
  idParam,
  instantOut,
  pageOf,
  paging,
  siteOnly,
  siteParam,
} from '../../../shared/http/schemas.ts';
import type { Current, Decision } from '../../../shared/journal/aggregate.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { accessKey, DEPLOYMENT_ADMIN, type Grant, type Holder } from '../../../shared/people/access.ts';
import type { KnownTexts } from '../../../shared/people/personal.ts';
import { role } from '../../../shared/people/positions.ts';
import { siteKey } from '../../../shared/policy/policy.ts';
import { LANGUAGES } from '../../../shared/text/catalogue.ts';
import { type Instant, iso } from '../../../shared/time/clock.ts';
import { grant as grantOut } from '../events.ts';
import { EVERYWHERE } from '../group.ts';
import { mayManage, STAFF_MANAGERS } from '../managing.ts';
import { change, GRANTS_MAX, heldBy, join, type Staff, type StaffEvent, setActive, staffTexts } from '../staff.ts';
import { publishStaff } from '../staff-published.ts';
import type { Deps } from './deps.ts';
import { email, personName } from './party-parts.ts';

const route = routesFor<Deps>();
export const one = z.object({ staff: idParam('staff') });

const grantIn = z
  .strictObject({ site: z.union([z.literal('*'), siteParam]), role, department: departmentId.optional() })
  .refine((g) => g.role !== 'department-head' || g.department !== undefined, rule('field.head-needs-department'))
  .refine((g) => g.site !== '*' || g.department === undefined, rule('field.department-of-one-site'));
const keyOf = ({ site, role: as, department }: Grant) => `${site}#${as}#${department ?? ''}`;
export const subjectIn = z.string().regex(/^[\x21-\x7e]{1,255}$/);
export const staffIn = z.strictObject({
  name: personName,
  email: email.optional(),
  language: z.enum(LANGUAGES).default('zh-CN'),
  subject: subjectIn.meta({ description: "The identity provider's id of the person (OIDC sub)" }),
  grants: z
    .array(grantIn)
    .max(GRANTS_MAX)
    .refine((all) => new Set(all.map(keyOf)).size === all.length, rule('field.none-twice')),
});

export const staffOut = z
  .object({
    id: z.string(),
    version: z.number().int(),
    name: z.string().nullable(),
    email: z.string().nullable().optional(),
    language: z.enum(LANGUAGES),
    subject: z.string(),
    active: z.boolean(),
    grants: z.array(grantOut),
    standsIn: z
      .array(grantOut.extend({ for: z.string(), from: instantOut, until: instantOut }))
      .optional()
      .meta({
        description: 'Positions of colleagues who are away, or were lately: from an instant on and before another',
      }),
    asked: z
      .object({ subject: z.string(), by: z.string(), at: instantOut, reason: z.string().nullable() })
      .optional()
      .meta({ description: 'The sign-in that somebody asks for, for them, and why; an administrator decides' }),
  })
  .meta({ id: 'Staff' });
const colleagueOut = z
  .object({
    staff: z.string(),
    name: z.string().nullable(),
    role,
    department: z.string().optional(),
    standsIn: z
      .array(z.object({ for: z.string(), from: instantOut, until: instantOut }))
      .optional()
      .meta({ description: 'They only stand in for whoever is away' }),
  })
  .meta({ id: 'Colleague' });
export const timed = <T extends { from: Instant; until: Instant }>({ from, until, ...one }: T) => ({
  ...one,
  from: iso(from),
  until: iso(until),
});
type Colleague = Grant & Holder & { name: PersonalRef };
const colleague = ({ standsIn, ...entry }: Colleague, texts: ReadonlyMap<string, string>) => ({
  ...entry,
  ...(standsIn ? { standsIn: standsIn.map(timed) } : {}),
  name: texts.get(entry.name.ref) ?? null,
});
const views = async ({ personal }: Deps, all: Current<Staff>[]): Promise<z.input<typeof staffOut>[]> => {
  const refs = all.flatMap(({ state }) =>
    state ? [...staffTexts(state), ...(state.asked ? [state.asked.reason] : [])] : [],
  );
  const texts = await personal.read(EVERYWHERE, refs);
  return all.map(({ id, version, state }) => {
    if (!state) throw notFound(id);
    const { asked, standsIn, ...rest } = state;
    return {
      ...rest,
      ...(standsIn ? { standsIn: standsIn.map(timed) } : {}),
      ...(asked ? { asked: { ...asked, at: iso(asked.at), reason: texts.get(asked.reason.ref) ?? null } } : {}),
      id,
      version,
      name: texts.get(state.name.ref) ?? null,
      email: state.email && (texts.get(state.email.ref) ?? null),
    };
  });
};

/** Grants name sites that exist and departments that these have. */
export const unknownGrants = async (
  { registry }: Pick<Deps, 'registry'>,
  grants: readonly Grant[],
): Promise<{ index: number; field: 'site' | 'department' }[]> => {
  const sites = new Map(
    (await registry.publishedAll(grants.filter(({ site }) => site !== '*').map(({ site }) => siteKey(site)))).map(
      (item) => [item.sk, item.departments as { id: string }[]],
    ),
  );
  return grants.flatMap(({ site, department }, index): { index: number; field: 'site' | 'department' }[] => {
    if (site === '*') return [];
    const departments = sites.get(site);
    if (!departments) return [{ index, field: 'site' }];
    const known = department === undefined || departments.some(({ id }) => id === department);
    return known ? [] : [{ index, field: 'department' }];
  });
};

const checkGrants = async (deps: Deps, grants: readonly Grant[]) => {
  const unknown = await unknownGrants(deps, grants);
  if (unknown.length > 0) {
    throw invalid(
      ...unknown.map(({ index, field }) => ({ field: `body.grants.${index}.${field}`, rule: 'field.known' as const })),
    );
  }
};

/** Whose a sign-in is, or was. */
export const signInHolder = async ({ registry, access }: Deps, subject: string) =>
  ((await registry.published(accessKey(subject)))?.staff as string | undefined) ??
  (access.isDeployments(subject) ? DEPLOYMENT_ADMIN : undefined);

/** What is to become of a member of staff, decided and published on what was read of the very head it is decided on. */
interface Doing<R> {
  /** What it is decided on besides the texts. */
  read?(state: Staff | undefined): Promise<R>;
  decide(current: { id: string; state: Staff | undefined }, texts: KnownTexts, found: R): Decision<StaffEvent>;
  /** The address from now on; without it, the one they have. */
  mail?: { email: string | undefined };
}

const act = async <R = undefined>(
  { person, now, idempotencyKey }: Pick<Input<unknown, unknown, unknown>, 'person' | 'now' | 'idempotencyKey'>,
  deps: Deps,
  id: string,
  { read, decide, mail }: Doing<R>,
) => {
  const { current } = await execute(deps.registry.staff, {
    site: EVERYWHERE,
    id,
    now,
    by: person.staff,
    idempotencyKey,
    read: async (state) => ({
      texts: await deps.personal.both(EVERYWHERE, state ? staffTexts(state) : []),
      found: (await read?.(state)) as R,
    }),
    decide: (state, { texts, found }) => decide({ id, state }, texts, found),
    publish: (next, before, { texts }) => {
      const email = before?.email && texts.get(before.email.ref)?.value;
      return publishStaff(mail ? mail.email : email, { email, now })(next, before);
    },
  });
  return (await views(deps, [current]))[0] as z.input<typeof staffOut>;
};

/** Something done to a member of staff that is there: published anew with the address that is known. */
export const does = <R = undefined>(
  input: Input<{ staff: string }, unknown, unknown>,
  deps: Deps,
  decide: (current: { id: string; state: Staff | undefined }, found: R) => Decision<StaffEvent>,
  read?: (state: Staff | undefined) => Promise<R>,
) =>
  act<R>(input, deps, input.params.staff, {
    ...(read ? { read } : {}),
    decide: (current, _, found) => decide(current, found),
  });

const activation = (name: 'activate' | 'deactivate', summary: string) =>
  route({
    method: 'POST',
    path: `/staff/{staff}/${name}`,
    summary,
    who: 'staff',
    positions: STAFF_MANAGERS,
    params: one,
    answer: staffOut,
    handle: (input, deps) =>
      does(input, deps, (current) => setActive(current, name === 'activate', input.person, input.now)),
  });

export const staffRoutes = [
  route({
    method: 'GET',
    path: '/staff',
    summary: 'All staff of the group, newest first',
    who: ['administrator', 'group-manager'],
    query: z.strictObject({ state: z.enum(['active', 'inactive']).default('active'), ...paging }),
    answer: pageOf(staffOut),
    async handle({ query: { state, limit, after } }, deps) {
      const page = await deps.registry.staff.list(EVERYWHERE, state === 'inactive', limit, after);
      return { ...page, items: await views(deps, page.items) };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/staff',
    summary: 'Who holds which position at a site',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject(paging),
    answer: pageOf(colleagueOut),
    async handle({ params: { site }, query: { limit, after }, now }, { registry, personal }) {
      const page = await registry.publishedPage(`roster#${site}`, limit, after);
      // Whose days of standing in are over lies there until something of theirs changes.
      const entries = (page.items as unknown as Colleague[]).flatMap(({ standsIn, ...one }) => {
        const left = standsIn?.filter(({ until }) => until > now);
        return left?.length === 0 ? [] : [left ? { ...one, standsIn: left } : one];
      });
      const texts = await personal.read(
        EVERYWHERE,
        entries.map(({ name }) => name),
      );
      return { ...page, items: entries.map((entry) => colleague(entry, texts)) };
    },
  }),
  route({
    method: 'GET',
    path: '/staff/{staff}',
    summary: 'A member of staff, to whoever may change them',
    who: 'staff',
    positions: STAFF_MANAGERS,
    params: one,
    answer: staffOut,
    async handle({ params, person, now }, deps) {
      const current = await deps.registry.staff.head(EVERYWHERE, params.staff);
      if (!current.state || !mayManage(person, heldBy(current.state, now))) throw notFound(params.staff);
      return (await views(deps, [current]))[0] as z.input<typeof staffOut>;
    },
  }),
  route({
    method: 'POST',
    path: '/staff',
    summary: 'Somebody joins the staff; a site director appoints at their own site only, below their own position',
    who: 'staff',
    positions: STAFF_MANAGERS,
    body: staffIn,
    answer: staffOut,
    status: 201,
    async handle(input, deps) {
      const { body, person, now } = input;
      await checkGrants(deps, body.grants);
      const on = { person, now, random: deps.random, holder: await signInHolder(deps, body.subject) };
      return act(input, deps, newId('staff', now, deps.random), {
        decide: ({ state }) => join(state, body, on),
        mail: { email: body.email },
      });
    },
  }),
  route({
    method: 'PUT',
    path: '/staff/{staff}',
    summary: 'Change data or grants, not the sign-in; writes see it at once, reads within a minute',
    who: 'staff',
    positions: STAFF_MANAGERS,
    params: one,
    body: staffIn,
    answer: staffOut,
    async handle(input, deps) {
      const { params, body, person, now } = input;
      await checkGrants(deps, body.grants);
      return act(input, deps, params.staff, {
        decide: (current, texts) => change(current, body, { person, now, random: deps.random, texts }),
        mail: { email: body.email },
      });
    },
  }),
  activation('deactivate', 'They may do nothing from now on; their cases go on and go to who holds their position'),
  activation('activate', 'Somebody deactivated may act again'),
];

import * as z from 'zod';
import { forbidden } from '../../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { dayIn, pageAmong, paging, siteOnly, siteParam } from '../../../shared/http/schemas.ts';
import type { Actor, Person } from '../../../shared/people/access.ts';
import { actorAt } from '../../../shared/people/actor.ts';
import { type Role, roleWord } from '../../../shared/people/positions.ts';
import { formatted } from '../../../shared/sheet/files.ts';
import { type Instant, startOfDay } from '../../../shared/time/clock.ts';
import { asOfView, caseFiles, casesOf, casesOut, checked, DAYS, type FigureId, STATES } from '../figures/contract.ts';
import { type Deps, line, span } from './api.ts';
import { AGENT_FIGURES, type AssessedLine, DEPARTMENT_FIGURES } from './assessment.ts';
import { onLines } from './cases.ts';
import { assessmentOf } from './reading.ts';
import { agentFiles, departmentFiles } from './sheets.ts';
import { agentsOut, departmentsOut } from './view.ts';

/** Who assesses (考核). */
const ASSESSORS = [
  'supervisor',
  'centre-manager',
  'site-director',
  'quality-manager',
  'group-manager',
] as const satisfies readonly Role[];
/** Everybody else sees their own alone: an agent what is said of them, a head what is said of their department. */
const maySee = ({ staff, roles, departments }: Actor, by: By, key: string | null): boolean => {
  if (roles.some((role) => (ASSESSORS as readonly Role[]).includes(role))) return true;
  if (key === null) return false;
  return by === 'agent' ? key === staff : departments.includes(key);
};
type By = 'agent' | 'department';

const route = routesFor<Deps>();

const asked = z.strictObject({ ...span, ...paging, ...formatted });
const opened = {
  from: dayIn,
  to: dayIn.meta({ description: `Included; at most ${DAYS.day} days from \`from\`` }),
  state: z.enum(STATES).optional(),
  ...paging,
  ...formatted,
};

/** One page of those whom the caller may see. */
const assess = async <F extends FigureId>(
  deps: Deps,
  { site, actor, at, ...query }: Omit<z.output<typeof asked>, 'format'> & { site: string; actor: Actor; at: Instant },
  by: By,
  figures: readonly F[],
) => {
  const days = { from: query.from, to: query.to };
  checked(days);
  const { timeZone } = await deps.policies.site(site);
  const { values: policy } = await deps.policies.at(site, startOfDay(query.to, timeZone));
  const { cells, items } = await assessmentOf(deps, site, days, { figures, by, at, policy });
  const seen = items.filter(({ key }) => maySee(actor, by, key));
  const page = pageAmong<AssessedLine<F>>(seen, ({ key }) => key ?? '-', query);
  const lines = page.items.map((line) => ({ ...line, ...(line.key === null ? {} : { [by]: line.key }) }));
  return { site, ...days, judgeFromCases: policy.judgeFromCases, asOf: asOfView(cells), ...page, items: lines };
};

interface Behind {
  site: string;
  person: Person;
  figure: FigureId;
  query: {
    from: string;
    to: string;
    state?: (typeof STATES)[number] | undefined;
    limit: number;
    after?: string | undefined;
  };
}
/** The cases of one of them, whom the caller may see. @param key empty: nobody's */
const casesBehind = (
  { reporting, directory }: Deps,
  { site, person, figure, query }: Behind,
  by: By,
  key: string,
  at: Instant,
) => {
  const { from, to, state, limit, after } = query;
  checked({ from, to });
  if (!maySee(actorAt(person, site), by, key === '' ? null : key))
    throw forbidden(['may.themselves', ...ASSESSORS.map(roleWord)]);
  const keep = onLines(figure, { [by]: key }, { directory, at });
  return casesOf(reporting, [site], { measure: figure, from, to, person, state, limit, after, keep });
};

export const assessmentRoutes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/assessment/agents',
    summary:
      'What staff of the desk are assessed by (考核), each as far as they have cases enough; an agent sees their own alone',
    who: [...ASSESSORS, 'agent'],
    params: siteOnly,
    query: asked,
    answer: agentsOut,
    files: agentFiles,
    handle: ({ params: { site }, query, actor, now }, deps) =>
      assess(deps, { ...query, site, actor, at: now }, 'agent', AGENT_FIGURES),
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/assessment/departments',
    summary: 'What departments are assessed by, each as far as it has cases enough; a head sees their own alone',
    who: [...ASSESSORS, 'department-head'],
    params: siteOnly,
    query: asked,
    answer: departmentsOut,
    files: departmentFiles,
    handle: ({ params: { site }, query, actor, now }, deps) =>
      assess(deps, { ...query, site, actor, at: now }, 'department', DEPARTMENT_FIGURES),
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/assessment/agents/{figure}/cases',
    summary: 'The cases behind a figure of a member of staff; an agent sees their own alone',
    who: [...ASSESSORS, 'agent'],
    params: z.object({ site: siteParam, figure: z.enum(AGENT_FIGURES) }),
    query: z.strictObject({
      agent: line.unwrap().meta({ description: 'A member of staff; empty: the cases that are nobody’s' }),
      ...opened,
    }),
    answer: casesOut,
    files: caseFiles,
    handle: ({ params, query: { agent, ...query }, person, now }, deps) =>
      casesBehind(deps, { ...params, person, query }, 'agent', agent, now),
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/assessment/departments/{figure}/cases',
    summary: 'The cases behind a figure of a department; a head sees their own alone',
    who: [...ASSESSORS, 'department-head'],
    params: z.object({ site: siteParam, figure: z.enum(DEPARTMENT_FIGURES) }),
    query: z.strictObject({
      department: line.unwrap().meta({ description: 'A department’s id; empty: the cases that are nobody’s' }),
      ...opened,
    }),
    answer: casesOut,
    files: caseFiles,
    handle: ({ params, query: { department, ...query }, person, now }, deps) =>
      casesBehind(deps, { ...params, person, query }, 'department', department, now),
  }),
];

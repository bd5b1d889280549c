import * as z from 'zod';
import type { Access } from '../../shared/access.ts';
import type { Clock } from '../../shared/clock.ts';
import type { PersonalRef } from '../../shared/events.ts';
import { type Input, type Route, routesFor } from '../../shared/http/route.ts';
import { departmentId, idParam, pageOf, paging, siteOnly, siteParam, words } from '../../shared/http/schemas.ts';
import type { Chance } from '../../shared/ids.ts';
import { execute } from '../../shared/journal/execute.ts';
import { log } from '../../shared/log.ts';
import { type PersonalReader, personalText, refOf } from '../../shared/personal.ts';
import type { Policies } from '../../shared/policy.ts';
import type { Role } from '../../shared/posts.ts';
import { invalid, notFound, Refusal } from '../../shared/refusal.ts';
import * as decisions from './decide.ts';
import { NOT_VALID_REASONS } from './events.ts';
import { type Complaints, groundOf } from './store.ts';
import { complaintOut, complaintView, hiddenFrom, historyView, refsIn, sheetOut } from './view.ts';

export interface Deps {
  complaints: Complaints;
  policies: Policies;
  personal: PersonalReader;
  access: Access;
  clock: Clock;
  chance: Chance;
}

const route = routesFor<Deps>();
const one = z.object({ site: siteParam, complaint: idParam('complaint') });
const DESK: Role[] = ['agent', 'supervisor', 'centre-manager'];
const DEPARTMENT: Role[] = ['department-head', 'supervisor', 'centre-manager'];
/** Events shown on a sheet at most; a case with more says so. */
const SHEET = 500;

/** One command on one complaint: the text it brings becomes an erasable item, the decision is pure. */
const act = async <B>(
  input: Input<z.output<typeof one>, undefined, B>,
  { complaints, policies, chance }: Deps,
  text: { kind: string; value: string } | undefined,
  decide: (on: decisions.Situation, ref: PersonalRef | undefined) => decisions.Happenings,
) => {
  const { params, actor, now, once } = input;
  const known = await complaints.head(params.site, params.complaint);
  if (!known.state) throw notFound(params.complaint);
  const ground = await groundOf(policies, params.site, known.state.policy);
  const personal = text ? personalText(text.kind, text.value, now, chance) : undefined;
  const { current } = await execute(complaints, {
    site: params.site,
    id: params.complaint,
    now,
    by: actor.staff,
    once,
    decide: (state) => {
      const happenings = decide({ state, actor, now, ground }, personal && refOf(personal));
      if (happenings instanceof Refusal) return happenings;
      return { events: happenings, personal: personal && happenings.length > 0 ? [personal] : [] };
    },
  });
  return complaintView(current, actor, now);
};

/** A department that the site has. */
const knownDepartment = async (policies: Policies, site: string, department: string | undefined) => {
  if (department === undefined) return;
  const { departments } = await policies.site(site);
  if (!departments.some(({ id }) => id === department))
    throw invalid({ field: 'body.department', rule: 'a department of the site' });
};

const command = <B extends z.ZodType>(
  name: string,
  summary: string,
  who: Role[],
  body: B,
  handle: (input: Input<z.output<typeof one>, undefined, z.output<B>>, deps: Deps) => ReturnType<typeof act>,
) =>
  route({
    method: 'POST',
    path: `/sites/{site}/complaints/{complaint}/${name}`,
    summary,
    who,
    params: one,
    body,
    answer: complaintOut,
    handle: handle as never,
  });

const withText = (field: string) => z.strictObject({ [field]: words }) as z.ZodObject<Record<string, typeof words>>;

/** A command that brings one text and nothing else. */
const textCommand = (
  name: string,
  summary: string,
  who: Role[],
  field: string,
  decide: (on: decisions.Situation, ref: PersonalRef) => decisions.Happenings,
) =>
  command(name, summary, who, withText(field), (input, deps) =>
    act(input, deps, { kind: field, value: (input.body as Record<string, string>)[field] as string }, (on, ref) =>
      decide(on, ref as PersonalRef),
    ),
  );

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/complaints',
    summary: 'Complaints of a site, newest first',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({ state: z.enum(['open', 'finished']).default('open'), ...paging }),
    answer: pageOf(complaintOut),
    async handle({ params, query, actor, now }, { complaints }) {
      const page = await complaints.list(params.site, query.state === 'finished', query.limit, query.after);
      return { ...page, items: page.items.map((current) => complaintView(current, actor, now)) };
    },
  }),
  route({
    method: 'GET',
    path: '/sites/{site}/complaints/{complaint}',
    summary: 'The complaint sheet (投诉处理单): the case with its full history',
    who: 'staff',
    params: one,
    answer: sheetOut,
    async handle({ params, actor, now }, { complaints, personal }) {
      const [current, events] = await Promise.all([
        complaints.head(params.site, params.complaint),
        complaints.history(params.site, params.complaint, SHEET + 1),
      ]);
      if (!current.state) throw notFound(params.complaint);
      const shown = events.slice(0, SHEET);
      const texts = await personal.read(params.site, refsIn(shown));
      log('HY-PER-1', { by: actor.staff, of: params.complaint, texts: texts.size });
      return {
        ...complaintView(current, actor, now),
        words: texts.get(current.state.words.ref) ?? null,
        history: historyView(shown, texts, hiddenFrom(current.state, actor)),
        more: events.length > SHEET,
      };
    },
  }),
  command(
    'judge',
    'Judge it valid (and which department has it) or not valid, with a reason',
    ['supervisor', 'centre-manager'],
    z.discriminatedUnion('valid', [
      z.strictObject({ valid: z.literal(true), department: departmentId.optional() }),
      z.strictObject({ valid: z.literal(false), reason: z.enum(NOT_VALID_REASONS), explanation: words }),
    ]),
    async (input, deps) => {
      const { body } = input;
      if (body.valid) {
        await knownDepartment(deps.policies, input.params.site, body.department);
        return act(input, deps, undefined, (on) => decisions.judge(on, body));
      }
      return act(input, deps, { kind: 'explanation', value: body.explanation }, (on, ref) =>
        decisions.judge(on, { valid: false, reason: body.reason, words: ref as PersonalRef }),
      );
    },
  ),
  command(
    'second-look',
    'The second pair of eyes on "not valid": agree, or send it on as valid',
    ['supervisor', 'centre-manager', 'quality-manager'],
    z.strictObject({ agree: z.boolean(), explanation: words }),
    (input, deps) =>
      act(input, deps, { kind: 'explanation', value: input.body.explanation }, (on, ref) =>
        decisions.secondLook(on, { agree: input.body.agree, words: ref as PersonalRef }),
      ),
  ),
  command(
    'assign',
    'Hand it to another department',
    ['supervisor', 'centre-manager'],
    z.strictObject({ department: departmentId }),
    async (input, deps) => {
      await knownDepartment(deps.policies, input.params.site, input.body.department);
      return act(input, deps, undefined, (on) => decisions.assign(on, input.body));
    },
  ),
  command(
    'accept',
    'The department takes it on; an agent may record a spoken acceptance (代录) with who gave it',
    [...DEPARTMENT, 'agent'],
    z.strictObject({ spokenBy: words.max(100).optional() }),
    (input, deps) => {
      const { spokenBy } = input.body;
      return act(
        input,
        deps,
        spokenBy === undefined ? undefined : { kind: 'spoken-by', value: spokenBy },
        (on, proxyFor) => decisions.accept(on, { proxyFor }),
      );
    },
  ),
  command(
    'investigate',
    'Record findings and cause; of a complaint about conduct also whether it is upheld',
    DEPARTMENT,
    z.strictObject({ findings: words, upheld: z.boolean().optional() }),
    (input, deps) =>
      act(input, deps, { kind: 'findings', value: input.body.findings }, (on, ref) =>
        decisions.investigate(on, { findings: ref as PersonalRef, upheld: input.body.upheld }),
      ),
  ),
  textCommand('resolve', 'Record the result; the callback is due 48 h from now', DEPARTMENT, 'result', (on, result) =>
    decisions.resolve(on, { result }),
  ),
  textCommand(
    'give-up',
    "Say that the department can't resolve it; the centre manager decides",
    DEPARTMENT,
    'reason',
    (on, reason) => decisions.giveUp(on, { reason }),
  ),
  textCommand(
    'decide',
    "The centre manager's decision on an unresolved one",
    ['centre-manager', 'site-director'],
    'decision',
    (on, decision) => decisions.decide(on, { decision }),
  ),
  textCommand(
    'important',
    'Mark it important (重大); the site director hears of it at once',
    [...DESK, 'department-head'],
    'reason',
    (on, reason) => decisions.markImportant(on, { reason }),
  ),
  textCommand(
    'sign',
    "The department manager's feedback and signature (签字), which closes it",
    ['department-head'],
    'feedback',
    (on, feedback) => decisions.sign(on, { feedback }),
  ),
];

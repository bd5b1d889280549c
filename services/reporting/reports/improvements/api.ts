import * as z from 'zod';
import { newId } from '../../../../shared/domain/ids.ts';
import { Refusal } from '../../../../shared/domain/refusal.ts';
import { type CaseDeps, caseCommands, knownDepartment } from '../../../../shared/http/cases.ts';
import { readSheet } from '../../../../shared/http/history.ts';
import { type Route, routesFor } from '../../../../shared/http/route.ts';
import {
  dayIn,
  departmentId,
  idParam,
  pageOf,
  paging,
  siteOnly,
  siteParam,
  words,
} from '../../../../shared/http/schemas.ts';
import { execute } from '../../../../shared/journal/execute.ts';
import { personalText, refOf } from '../../../../shared/people/personal.ts';
import type { Role } from '../../../../shared/people/positions.ts';
import { keptFor } from '../../../../shared/people/retention.ts';
import { contextAt } from '../../../../shared/policy/policy-context.ts';
import { formatted } from '../../../../shared/sheet/files.ts';
import * as decisions from './decide.ts';
import { type ImprovementEvent, TOPICS } from './events.ts';
import type { Improvement } from './improvement.ts';
import { improvementFiles } from './sheets.ts';
import type { Improvements } from './store.ts';
import { improvementOut, improvementSheetOut, improvementView } from './view.ts';

export interface Deps extends CaseDeps {
  improvements: Improvements;
}

const route = routesFor<Deps>();
const PATH = '/sites/{site}/improvements/{improvement}';
const LIST = '/sites/{site}/improvements';
const command = caseCommands<Deps, Improvement, ImprovementEvent>({
  path: PATH,
  kind: 'improvement',
  journal: ({ improvements }) => improvements,
  answer: improvementOut,
  view: improvementView,
});
const WORKERS: Role[] = [...new Set([...decisions.OWNERS, ...decisions.PLANNERS])];
const said = z.strictObject({ words: words.max(1000) });

/** A month or a year, as reports are made of. */
export const periodIn = z
  .string()
  .regex(/^2\d{3}(-(0[1-9]|1[0-2]))?$/)
  .meta({ description: "A month or a year of the site's own calendar, YYYY-MM or YYYY", example: '2026-11' });

export const routes: Route<Deps>[] = [
  route({
    method: 'POST',
    path: LIST,
    summary:
      'Plan an improvement (改进措施): what is to be done, by which position, by which day; reports show how far it is',
    who: [...decisions.PLANNERS],
    params: siteOnly,
    body: z.strictObject({
      period: periodIn.meta({ description: 'The month or year whose report led to it' }),
      topic: z.enum(TOPICS),
      words: words.max(1000).meta({ description: 'What is to be done' }),
      role: z.enum(decisions.OWNERS),
      department: departmentId.optional().meta({ description: "Of a department's head: which one" }),
      dueDay: dayIn,
    }),
    answer: improvementOut,
    status: 201,
    async handle({ params: { site }, body, actor, now, idempotencyKey }, deps) {
      await knownDepartment(body, site, deps);
      const { role, department, words: what, ...rest } = body;
      const position = { role, ...(department === undefined ? {} : { department }) };
      const context = await contextAt(deps.policies, site, now);
      const text = personalText('words', what, now, deps.random, keptFor('said', 'words', now, context.policy));
      const { current, at } = await execute(deps.improvements, {
        site,
        id: newId('improvement', now, deps.random),
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => {
          const events = decisions.plan({ state, actor, now, context }, { ...rest, position, words: refOf(text) });
          return events instanceof Refusal ? events : { events, personal: [text] };
        },
      });
      return improvementView(current, actor, at);
    },
  }),
  route({
    method: 'GET',
    path: LIST,
    summary: 'The improvements of a site, newest first: planned, or done and dropped',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({ state: z.enum(['open', 'finished']).default('open'), ...paging, ...formatted }),
    answer: pageOf(improvementOut),
    files: improvementFiles,
    async handle({ params: { site }, query, actor, now }, { improvements }) {
      const page = await improvements.list(site, query.state === 'finished', query.limit, query.after);
      return { ...page, items: page.items.map((current) => improvementView(current, actor, now)) };
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'An improvement with its history',
    who: 'staff',
    params: z.object({ site: siteParam, improvement: idParam('improvement') }),
    answer: improvementSheetOut,
    async handle({ params: { site, improvement: id }, actor, now, actions }, { improvements, personal }) {
      const { current, history } = await readSheet(improvements, personal, { site, id });
      return { ...improvementView(current, actor, now), ...history(), actions: await actions(current) };
    },
  }),
  command('progress', 'Say how far an improvement is', WORKERS, said, {
    may: decisions.progress.may,
    texts: ({ words: text }) => ({ words: text }),
    decide: (on, _, { words: text }) => decisions.progress(on, text),
  }),
  command('done', 'An improvement is done, with what came of it', WORKERS, said, {
    may: decisions.finish.may,
    texts: ({ words: text }) => ({ words: text }),
    decide: (on, _, { words: text }) => decisions.finish(on, text),
  }),
  command('drop', 'An improvement will not be done after all, with the reason', [...decisions.PLANNERS], said, {
    may: decisions.drop.may,
    texts: ({ words: text }) => ({ words: text }),
    decide: (on, _, { words: text }) => decisions.drop(on, text),
  }),
];

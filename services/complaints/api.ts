import * as z from 'zod';
import type { Directory } from '../../shared/directory/units.ts';
import { statesOf } from '../../shared/domain/machine.ts';
import { casePageOf, caseQuery, listsCases } from '../../shared/http/case-list.ts';
import { type CaseDeps, caseCommands, knownDepartment } from '../../shared/http/cases.ts';
import { readSheet } from '../../shared/http/history.ts';
import { type Route, routesFor } from '../../shared/http/route.ts';
import {
  departmentId,
  happenedIn,
  idParam,
  siteOnly,
  siteParam,
  staffParam,
  words,
} from '../../shared/http/schemas.ts';
import type { Role } from '../../shared/people/positions.ts';
import { signInSince } from '../../shared/people/second-person.ts';
import { spokenBy } from '../../shared/people/spoken.ts';
import { type Complaint, TRANSITIONS } from './complaint.ts';
import * as decisions from './decide.ts';
import { type ComplaintEvent, complaintKind, NOT_VALID_REASONS } from './events.ts';
import type { Complaints } from './store.ts';
import { complaintOut, complaintSight, complaintView, sheetOut } from './view.ts';

export interface Deps extends CaseDeps {
  complaints: Complaints;
  directory: Directory;
}

const route = routesFor<Deps>();
const PATH = '/sites/{site}/complaints/{complaint}';
const command = caseCommands<Deps, Complaint, ComplaintEvent>({
  path: PATH,
  kind: 'complaint',
  journal: ({ complaints }) => complaints,
  answer: complaintOut,
  view: complaintView,
});

const SUPERVISOR: Role[] = ['supervisor', 'centre-manager', 'site-director'];
const DEPARTMENT: Role[] = ['department-head', ...SUPERVISOR];
/** Whom something is lifted to where whoever it is about alone holds all positions of the site that would owe it: that, and no more. */
const LIFTED: Role = 'group-manager';

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/complaints',
    summary: 'Complaints of a site, newest first',
    who: 'staff',
    personal: true,
    params: siteOnly,
    query: caseQuery({
      ...{ status: z.enum(statesOf(TRANSITIONS)), kind: complaintKind, department: departmentId },
      ...{ unit: idParam('unit'), party: idParam('party'), receivedBy: staffParam },
    }),
    answer: casePageOf(complaintOut),
    handle: listsCases({ kind: 'complaint', journal: ({ complaints }: Deps) => complaints, view: complaintView }),
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'The complaint sheet (投诉处理单): the case with its full history',
    who: 'staff',
    personal: true,
    params: z.object({ site: siteParam, complaint: idParam('complaint') }),
    answer: sheetOut,
    async handle({ params: { site, complaint: id }, actor, now, actions }, { complaints, personal }) {
      const sight = (state: Complaint) => complaintSight(state, actor);
      const { current, texts, history } = await readSheet(complaints, personal, { site, id, sight });
      return {
        ...complaintView(current, actor, now),
        words: texts.get(current.state.words.ref) ?? null,
        ...history(['about.alone', 'alone']),
        actions: await actions(current),
      };
    },
  }),
  command(
    'judge',
    'Judge it valid (and which department has it) or not valid, with a reason',
    [...SUPERVISOR, LIFTED],
    z.discriminatedUnion('valid', [
      z.strictObject({ valid: z.literal(true), department: departmentId.optional() }),
      z.strictObject({ valid: z.literal(false), reason: z.enum(NOT_VALID_REASONS), explanation: words }),
    ]),
    {
      may: decisions.judge.may,
      lookUp: async (body, site, deps) => knownDepartment(body.valid ? body : {}, site, deps),
      texts: (body) => ({ explanation: body.valid ? undefined : body.explanation }),
      decide: (on, body, { explanation }) => decisions.judge(on, body, explanation),
    },
  ),
  command(
    'second-look',
    'The second pair of eyes on "not valid": agree, or send it on as valid',
    [...SUPERVISOR, 'quality-manager', LIFTED],
    z.strictObject({ agree: z.boolean(), explanation: words }),
    {
      may: decisions.secondLook.may,
      lookUp: (_, __, { directory }, { state }) => signInSince(directory, state.doubtedBy),
      texts: ({ explanation }) => ({ explanation }),
      decide: (on, { agree }, { explanation }, since) => decisions.secondLook(on, { agree, words: explanation, since }),
    },
  ),
  command('assign', 'Hand it to another department', SUPERVISOR, z.strictObject({ department: departmentId }), {
    may: decisions.assign.may,
    lookUp: knownDepartment,
    decide: decisions.assign,
  }),
  command(
    'accept',
    'The department takes it on; the desk may record that its head accepted by word of mouth (代录), who is told',
    [...DEPARTMENT, 'agent', LIFTED],
    z.strictObject({
      spokenBy: staffParam.optional().meta({ description: 'The present head of the department, who accepted' }),
      ...happenedIn,
    }),
    {
      may: decisions.accept.may,
      lookUp: (body, site, { directory }, { now }) => spokenBy(directory, site, body.spokenBy, now),
      texts: ({ evidence }) => ({ evidence }),
      decide: (on, { happenedAt }, { evidence }, spoken) => decisions.accept(on, { spoken, happenedAt, evidence }),
    },
  ),
  command(
    'investigate',
    'Record findings and cause; of a complaint about conduct also whether it is upheld',
    [...DEPARTMENT, LIFTED],
    z.strictObject({ findings: words, upheld: z.boolean().optional(), ...happenedIn }),
    {
      may: decisions.investigate.may,
      texts: ({ findings, evidence }) => ({ findings, evidence }),
      decide: (on, { upheld, happenedAt }, texts) => decisions.investigate(on, { ...texts, upheld, happenedAt }),
    },
  ),
  command(
    'resolve',
    'Record the result; the callback is due 48 h from now, whenever the work was done',
    [...DEPARTMENT, LIFTED],
    z.strictObject({ result: words, ...happenedIn }),
    {
      may: decisions.resolve.may,
      texts: ({ result, evidence }) => ({ result, evidence }),
      decide: (on, { happenedAt }, texts) => decisions.resolve(on, { ...texts, happenedAt }),
    },
  ),
  command(
    'give-up',
    "Say that the department can't resolve it; the centre manager decides",
    [...DEPARTMENT, LIFTED],
    z.strictObject({ reason: words }),
    {
      may: decisions.giveUp.may,
      texts: ({ reason }) => ({ reason }),
      decide: (on, _, { reason }) => decisions.giveUp(on, { reason }),
    },
  ),
  command(
    'decide',
    "The centre manager's decision on an unresolved one",
    ['centre-manager', 'site-director', LIFTED],
    z.strictObject({ decision: words }),
    {
      may: decisions.decide.may,
      texts: ({ decision }) => ({ decision }),
      decide: (on, _, { decision }) => decisions.decide(on, { decision }),
    },
  ),
  command(
    'important',
    'Mark it important (重大): the desk, the department that has it, those above; the site director hears of it at once',
    [...DEPARTMENT, 'agent'],
    z.strictObject({ reason: words }),
    {
      may: decisions.markImportant.may,
      texts: ({ reason }) => ({ reason }),
      limit: () => 'important',
      decide: (on, _, { reason }) => decisions.markImportant(on, { reason }),
    },
  ),
  command(
    'sign',
    "The department manager's feedback and signature (签字), which closes it",
    ['department-head', 'centre-manager', 'site-director', LIFTED],
    z.strictObject({ feedback: words }),
    {
      may: decisions.sign.may,
      texts: ({ feedback }) => ({ feedback }),
      decide: (on, _, { feedback }) => decisions.sign(on, { feedback }),
    },
  ),
];

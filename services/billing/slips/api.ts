import * as z from 'zod';
import { payerOf } from '../../../shared/directory/payer.ts';
import { type Directory, payerOn, unitById } from '../../../shared/directory/units.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { invalid, notFound, Refusal } from '../../../shared/domain/refusal.ts';
import { casePageOf, caseQuery, listsCases } from '../../../shared/http/case-list.ts';
import { type CaseDeps, caseCommands, knownDepartment } from '../../../shared/http/cases.ts';
import { readSheet } from '../../../shared/http/history.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { departmentId, idParam, instantIn, siteOnly, siteParam, words } from '../../../shared/http/schemas.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { personalText, refOf } from '../../../shared/people/personal.ts';
import type { Role } from '../../../shared/people/positions.ts';
import { keptFor } from '../../../shared/people/retention.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { localDay } from '../../../shared/time/clock.ts';
import { buildingOf } from '../../../shared/values/place.ts';
import { payingFor } from '../accounts/contract.ts';
import * as decisions from './decide.ts';
import { AGREED, CANCELLED, type SlipEvent } from './events.ts';
import { type Slip, STATUSES } from './slip.ts';
import type { Slips } from './store.ts';
import { slipOut, slipSheetOut, slipView } from './view.ts';

export interface Deps extends CaseDeps {
  slips: Slips;
  directory: Directory;
}

const route = routesFor<Deps>();
const PATH = '/sites/{site}/slips/{slip}';
const command = caseCommands<Deps, Slip, SlipEvent>({
  path: PATH,
  kind: 'slip',
  journal: ({ slips }) => slips,
  answer: slipOut,
  view: slipView,
});

const WHO: Role[] = ['agent', 'supervisor', 'centre-manager', 'department-head'];
/** More than any service costs: a million yuan. */
const FEN_MAX = 100_000_000;
const fen = z.number().int().min(1).max(FEN_MAX).meta({ description: 'Fen (分)' });
const serviceIn = z
  .string()
  .regex(/^[\p{L}\p{N}_-]{1,30}$/u)
  .meta({ description: 'What kind of work', example: 'pipe-repair' });
const agreed = {
  how: z.enum(AGREED).meta({ description: 'A photographed signature, or a word' }),
  photo: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .meta({ description: 'SHA-256 of the photographed signature' }),
  words: words.max(500).optional().meta({ description: 'Who said what' }),
};
/** Events shown at most; a slip with more says so. */
const SHOWN = 200;

/** The unit and who pays for the work: the party named, else the unit's payer of the day. @throws Refusal */
const payerFor = async ({ directory }: Deps, site: string, unit: string, party: string | undefined, day: string) => {
  const entry = await unitById(directory, site, unit);
  if (!entry || entry.withdrawn) throw notFound(unit);
  const building = buildingOf(entry);
  if (party === undefined) {
    const payer = payerOn(entry.payers, day);
    if (payer === undefined) throw invalid({ field: 'body.party', rule: 'field.payer-needed' });
    return { building, party: payer };
  }
  const card = await payerOf(directory, site, party);
  if (!card || card.withdrawn) throw notFound(party);
  return { building, party: payingFor(entry, card, party) };
};

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/slips',
    summary: 'Paid-service slips (有偿服务单) of a site, newest first: unfinished, or charged and called off',
    who: 'staff',
    personal: true,
    params: siteOnly,
    query: caseQuery({
      ...{ status: z.enum(STATUSES), department: departmentId, service: serviceIn },
      ...{ unit: idParam('unit'), party: idParam('party') },
    }),
    answer: casePageOf(slipOut),
    handle: listsCases({ kind: 'slip', journal: ({ slips }: Deps) => slips, view: slipView }),
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/slips',
    summary: 'Open a slip: what is wanted, by whom, from which department, and when',
    who: WHO,
    params: siteOnly,
    body: z.strictObject({
      unit: idParam('unit'),
      party: idParam('party').optional().meta({ description: "Who pays; the unit's payer when left out" }),
      service: serviceIn,
      department: departmentId,
      appointedAt: instantIn.meta({ description: 'When the work is to be done' }),
      words: words.max(1000).optional().meta({ description: 'What is wanted, in words' }),
    }),
    answer: slipOut,
    status: 201,
    async handle({ params: { site }, body, actor, now, idempotencyKey }, deps) {
      const { slips, policies, random } = deps;
      await knownDepartment(body, site, deps);
      const context = await contextAt(policies, site, now);
      const payer = await payerFor(deps, site, body.unit, body.party, localDay(now, context.zone));
      const kept = keptFor('books', 'words', now, context.policy);
      const text = body.words === undefined ? undefined : personalText('words', body.words, now, random, kept);
      const { current, at } = await execute(slips, {
        site,
        id: newId('slip', now, random),
        now,
        by: actor.staff,
        idempotencyKey,
        numberedOn: localDay(now, context.zone),
        decide: (state) => {
          const wanted = { ...body, ...payer, words: text && refOf(text) };
          const events = decisions.openSlip({ state, actor, now, context }, wanted);
          return events instanceof Refusal ? events : { events, personal: text ? [text] : [] };
        },
      });
      return slipView(current, actor, at);
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'A slip with its history',
    who: 'staff',
    personal: true,
    params: z.object({ site: siteParam, slip: idParam('slip') }),
    answer: slipSheetOut,
    async handle({ params: { site, slip: id }, actor, now, actions }, { slips, personal }) {
      const { current, history } = await readSheet(slips, personal, { site, id, most: SHOWN });
      return { ...slipView(current, actor, now), ...history(), actions: await actions(current) };
    },
  }),
  command(
    'price',
    'The owner agrees to a price: before the work, or anew to a higher one',
    WHO,
    z.strictObject({ fen, ...agreed }),
    {
      may: decisions.confirmPrice.may,
      texts: ({ words: said }) => ({ words: said }),
      decide: (on, body, { words: said }) => decisions.confirmPrice(on, { ...body, words: said }),
    },
  ),
  command(
    'done',
    'The work is done; its amount is owed by 24:00 of the day after, or the cut-off if that is earlier',
    WHO,
    z.strictObject({ doneAt: instantIn.optional().meta({ description: 'Now when left out' }) }),
    { may: decisions.finish.may, decide: (on, { doneAt = on.now }) => decisions.finish(on, doneAt) },
  ),
  command('amount', 'Enter what the work comes to: at most the price agreed to', WHO, z.strictObject({ fen }), {
    may: decisions.enterAmount.may,
    decide: (on, body) => decisions.enterAmount(on, body.fen),
  }),
  command('correct', 'Put the amount right while nobody has signed for it', WHO, z.strictObject({ fen }), {
    may: decisions.correctAmount.may,
    decide: (on, body) => decisions.correctAmount(on, body.fen),
  }),
  command('sign', "The owner signs; the amount goes to the payer's account", WHO, z.strictObject(agreed), {
    may: decisions.sign.may,
    texts: ({ words: said }) => ({ words: said }),
    decide: (on, body, { words: said }) => decisions.sign(on, { ...body, words: said }),
  }),
  command(
    'cancel',
    'Call it off before the work, with a reason',
    WHO,
    z.strictObject({ reason: z.enum(CANCELLED), words }),
    {
      may: decisions.cancel.may,
      texts: ({ words: why }) => ({ why }),
      decide: (on, { reason }, { why }) => decisions.cancel(on, { reason, words: why }),
    },
  ),
];

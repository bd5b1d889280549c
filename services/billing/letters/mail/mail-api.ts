import * as z from 'zod';
import type { NewEvent, PersonalRef } from '../../../../shared/domain/events.ts';
import { notFound, type Refusal } from '../../../../shared/domain/refusal.ts';
import { type CaseDeps, caseCommands } from '../../../../shared/http/cases.ts';
import { type Input as Asked, type Route, routesFor } from '../../../../shared/http/route.ts';
import { idParam, pageOf, paging, siteOnly, siteParam, words } from '../../../../shared/http/schemas.ts';
import type { Current } from '../../../../shared/journal/aggregate.ts';
import { command, type Situation } from '../../../../shared/journal/command.ts';
import { execute } from '../../../../shared/journal/execute.ts';
import { KNOWS_ACCOUNTS, type Role } from '../../../../shared/people/positions.ts';
import { contextAt } from '../../../../shared/policy/policy-context.ts';
import { noAddress, type PayerAddresses } from '../addresses/payer.ts';
import type { PayerEvent, RunmailEvent } from '../events.ts';
import { type Letters, type Payers, type RunMails, readRunCounts } from '../store.ts';
import { payerOut, payerView, runMailSheetOut, runMailView } from '../view.ts';
import { moveToPaper, type RunCounts, type RunMail, resume } from './run-mail.ts';

export interface Deps extends CaseDeps {
  letters: Letters;
  payers: Payers;
  runMails: RunMails;
}

const route = routesFor<Deps>();
const DESK: Role[] = ['agent', 'supervisor', 'centre-manager'];
const MANAGERS: Role[] = ['centre-manager', 'site-director'];
const RUN = '/sites/{site}/runs/{run}/mail';
const ofRun = z.object({ site: siteParam, run: idParam('run') });
const why = z.strictObject({ words: words.max(1000).meta({ description: 'Why' }) });

const viewOf = async (
  { letters, runMails }: Deps,
  site: string,
  run: string,
  { now, actions }: Pick<Asked<never, never, never>, 'now' | 'actions'>,
) => {
  const [counts, current] = await Promise.all([readRunCounts(letters, site, run), runMails.head(site, run)]);
  if (counts.letters === 0) throw notFound(run);
  return { ...runMailView(run, counts, current.state, now), actions: await actions(current) };
};

/** What becomes of the rest of a run whose mail stopped itself. */
const decision = (
  name: 'resume' | 'paper',
  summary: string,
  decide: (on: Situation<RunMail>, counts: RunCounts, refs: PersonalRef) => NewEvent<RunmailEvent>[] | Refusal,
) =>
  route({
    method: 'POST',
    path: `${RUN}/${name}`,
    summary,
    who: MANAGERS,
    params: ofRun,
    body: why,
    answer: runMailSheetOut,
    may: async ({ current, actor, now }, { policies }) => {
      const { site, state } = current as Current<RunMail>;
      const context = await contextAt(policies, site, now);
      return (name === 'resume' ? resume : moveToPaper).may({ state, actor, now, context });
    },
    async handle({ params: { site, run }, body, actor, now, idempotencyKey, actions }, deps) {
      const counts = await readRunCounts(deps.letters, site, run);
      await execute(
        deps.runMails,
        command(deps, {
          ...{ site, id: run, actor, now, idempotencyKey, limit: name === 'resume' ? 'mails' : undefined },
          texts: () => ({ words: body.words }),
          decide: (on, refs) => decide(on, counts, refs.words),
        }),
      );
      return viewOf(deps, site, run, { now, actions });
    },
  });

const onPayer = caseCommands<Deps, PayerAddresses, PayerEvent>({
  path: '/sites/{site}/payers/{payer}',
  kind: 'payer',
  journal: ({ payers }) => payers,
  answer: payerOut,
  view: payerView,
});

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: RUN,
    summary: 'How far the letters of a bill run are',
    who: 'staff',
    params: ofRun,
    answer: runMailSheetOut,
    handle: ({ params: { site, run }, ...asked }, deps) => viewOf(deps, site, run, asked),
  }),
  decision('resume', "A run's mail that stopped itself goes on; bounces count anew", (on, counts, refs) =>
    resume(on, counts, refs),
  ),
  decision('paper', "The rest of a run's mail that stopped itself goes on paper", (on, _, refs) =>
    moveToPaper(on, refs),
  ),
  route({
    method: 'GET',
    path: '/sites/{site}/payers',
    summary: 'Payers of whom an address is asked for, because theirs is bad',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: siteOnly,
    query: z.strictObject(paging),
    answer: pageOf(payerOut),
    async handle({ params: { site }, query, actor, now }, { payers }) {
      const page = await payers.list(site, false, query.limit, query.after);
      return { ...page, items: page.items.map((current) => payerView(current, actor, now)) };
    },
  }),
  onPayer('no-address', 'The payer was asked and gives no other address', DESK, why, {
    may: noAddress.may,
    texts: (body) => ({ words: body.words }),
    decide: (on, _, refs) => noAddress(on, refs.words),
  }),
];

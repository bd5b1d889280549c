import * as z from 'zod';
import { payerOf } from '../../../shared/directory/payer.ts';
import { payerOn, unitById } from '../../../shared/directory/units.ts';
import { invalid, notFound } from '../../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { bytes, dayIn, idParam, siteParam } from '../../../shared/http/schemas.ts';
import { KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import { say } from '../../../shared/text/catalogue.ts';
import { addDays, localDay } from '../../../shared/time/clock.ts';
import { accountId, payingFor } from '../accounts/contract.ts';
import { type Accounts, readLedger } from '../accounts/contract-store.ts';
import { documentNumber } from './document-number.ts';
import { deskFacts, unitLabel } from './labels.ts';
import type { AccountStatement } from './model.ts';
import { pdfOf } from './pdf.ts';
import type { PrintDeps } from './print.ts';
import { statementOf } from './statement.ts';

export interface Deps extends PrintDeps {
  accounts: Accounts;
}

/** Days of one statement at most: ten years, what a function can print. */
const DAYS = 3_653;

export const routes: Route<Deps>[] = [
  routesFor<Deps>()({
    method: 'GET',
    path: '/sites/{site}/units/{unit}/statement/pdf',
    summary: "A unit's account statement (对账单) to print, in the payer's language",
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: z.object({ site: siteParam, unit: idParam('unit') }),
    query: z.strictObject({
      from: dayIn,
      to: dayIn.meta({ description: 'The last day, site-local; not in the future, at most ten years' }),
      party: idParam('party').optional().meta({ description: 'One who paid before; who pays now when left out' }),
    }),
    answer: bytes,
    contentType: 'application/pdf',
    async handle({ params: { site, unit }, query: { from, to, party: asked }, now }, deps) {
      const { accounts, directory, personal, policies, names } = deps;
      const [entry, facts] = await Promise.all([unitById(directory, site, unit), policies.site(site)]);
      if (!entry) throw notFound(unit);
      const today = localDay(now, facts.timeZone);
      if (to < from) throw invalid({ field: 'query.to', rule: 'field.not-before-from' });
      if (to > today) throw invalid({ field: 'query.to', rule: 'field.not-future' });
      if (from < addDays(to, 1 - DAYS))
        throw invalid({ field: 'query.from', rule: 'field.days-before-to', details: { days: DAYS } });
      const party = asked ?? payerOn(entry.payers, today);
      if (party === undefined) throw notFound(`${unit}: payer`);
      const [card, items] = await Promise.all([payerOf(directory, site, party), names(site)]);
      const id = accountId(unit, card ? payingFor(entry, card, party) : party);
      const { state } = await accounts.head(site, id);
      if (!state) throw notFound(id);
      const [{ entries }, texts] = await Promise.all([
        readLedger(accounts, site, id),
        personal.read(site, card ? [card.name] : [], 'contract'),
      ]);
      const language = card?.language ?? 'zh-CN';
      const label = unitLabel(entry, unit, facts);
      const paper: AccountStatement = {
        kind: 'account-statement',
        language,
        site: facts.name,
        desk: deskFacts(facts),
        number: documentNumber('AS', to, `${id} ${from}`),
        issuedOn: today,
        payer: (card && texts.get(card.name.ref)) ?? say('letter.payer-of', language, { unit: label }),
        units: [label],
        ...statementOf(entries, { from, to, zone: facts.timeZone, names: items, language }),
      };
      return (await pdfOf(paper)).bytes;
    },
  }),
];

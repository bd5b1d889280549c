import * as z from 'zod';
import { payerOf } from '../../../shared/directory/payer.ts';
import { unitById } from '../../../shared/directory/units.ts';
import { type FieldFault, invalid, notFound, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { dayIn, idParam, oneLine, siteOnly, siteParam } from '../../../shared/http/schemas.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { type Day, localDay } from '../../../shared/time/clock.ts';
import { buildingOf } from '../../../shared/values/place.ts';
import { accountId } from './account.ts';
import type { Deps as AccountDeps } from './api.ts';
import { charge, stale } from './decide.ts';
import { addYears } from './ledger/days.ts';
import { billName, periodOf } from './ledger/debts.ts';
import { payingFor } from './paying-for.ts';
import { readLedger } from './store.ts';
import { FEN_MAX, RUNGS } from './terms.ts';
import { accountOut, accountView } from './view.ts';

export type Deps = AccountDeps;

const route = routesFor<Deps>();
const code = oneLine.regex(/^[\p{L}\p{N}_-]{1,30}$/u);
/** Older than that nothing is taken over: no claim lives longer than twenty years (Civil Code 188). */
const YEARS_BACK = 30;
const period = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/);

const faultOfArrears = (dueDay: Day, of: string, today: Day): FieldFault | undefined => {
  const first = addYears(today, -YEARS_BACK);
  if (dueDay >= today) return { field: 'dueDay', rule: 'field.in-past' };
  if (dueDay < first) return { field: 'dueDay', rule: 'field.not-before', details: { first } };
  const [from, to] = [first.slice(0, 4), today.slice(0, 4)];
  const year = of.slice(0, 4);
  return year < from || year > to ? { field: 'period', rule: 'field.from-to', details: { from, to } } : undefined;
};

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/units/{unit}/accounts',
    summary: 'The accounts of a unit: of who pays now first, then of those who paid before',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: z.object({ site: siteParam, unit: idParam('unit') }),
    answer: z.object({ items: z.array(accountOut) }),
    async handle({ params: { site, unit }, actor, now }, { accounts, directory }) {
      const entry = await unitById(directory, site, unit);
      if (!entry) throw notFound(unit);
      const parties = [...new Set(entry.payers.flatMap(({ party }) => party ?? []).reverse())];
      const heads = await accounts.heads(
        site,
        parties.map((party) => accountId(unit, party)),
      );
      return { items: heads.flatMap((current) => (current.state ? [accountView(current, actor, now)] : [])) };
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/arrears',
    summary:
      'Arrears from before are taken over with their original due days, and the rung with which their ladder begins',
    who: ['finance-head', 'centre-manager', 'site-director', 'administrator'],
    params: siteOnly,
    body: z.strictObject({
      unit: idParam('unit'),
      party: idParam('party'),
      bills: z
        .array(
          z.strictObject({
            item: code.default('arrears').meta({ description: 'A fee item of the schedule' }),
            period: period.meta({ description: 'What it was for: 2025-11, 2025-Q4 or 2025' }),
            dueDay: dayIn,
            fen: z.number().int().min(1).max(FEN_MAX).meta({ description: 'What is still open of it (fen)' }),
          }),
        )
        .min(1)
        .max(60),
      firstRung: z
        .enum(RUNGS)
        .optional()
        .meta({ description: 'Those below lie behind; without it the rung of the age of each debt acts next' }),
    }),
    answer: accountOut,
    status: 201,
    async handle({ params: { site }, body, actor, now, idempotencyKey }, { accounts, directory, policies }) {
      const [entry, card, context] = await Promise.all([
        unitById(directory, site, body.unit),
        payerOf(directory, site, body.party),
        contextAt(policies, site, now),
      ]);
      if (!entry || entry.withdrawn) throw notFound(body.unit);
      if (!card || card.withdrawn) throw notFound(body.party);
      const party = payingFor(entry, card, body.party);
      const id = accountId(body.unit, party);
      const before = await readLedger(accounts, site, id);
      const today = localDay(now, context.zone);
      for (const [i, { dueDay, period: of }] of body.bills.entries()) {
        const fault = faultOfArrears(dueDay, of, today);
        if (fault) throw invalid({ ...fault, field: `body.bills.${i}.${fault.field}` });
      }
      const names = body.bills.map(({ item, period: of }) => billName(item, of));
      const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
      if (twice !== -1) throw refuse('arrears.twice', { period: body.bills[twice]?.period ?? '' });
      const bills = body.bills.map(({ item, period: of, dueDay, fen }) => ({ bill: billName(item, of), dueDay, fen }));
      const below = body.firstRung === undefined ? [] : RUNGS.slice(0, RUNGS.indexOf(body.firstRung));
      const passed = [...new Set(bills.map(({ dueDay }) => dueDay))].flatMap((dueDay) =>
        below.map((rung) => ({ dueDay, rung })),
      );
      const { current, at } = await execute(accounts, {
        site,
        id,
        now,
        by: actor.staff,
        idempotencyKey,
        decide: (state) => {
          const on = { state, actor, now, context };
          const busy = state && stale(on, before);
          if (busy) return busy;
          const known = new Set(before.bills.keys());
          const other = bills.find(({ bill, dueDay, fen }) => {
            const is = before.bills.get(bill);
            return is && (is.fen !== fen || is.dueDay !== dueDay);
          });
          if (other) {
            const { fen = 0 } = before.bills.get(other.bill) ?? {};
            return new Refusal('conflict', 'arrears.another', { period: periodOf(other.bill), fen });
          }
          const charged = { unit: body.unit, party, building: buildingOf(entry), bills, passed, known };
          const events = charge(on, charged);
          return events instanceof Refusal ? events : { events };
        },
      });
      return accountView(current, actor, at);
    },
  }),
];

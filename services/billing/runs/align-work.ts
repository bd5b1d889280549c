import type { UnitEntry } from '../../../shared/directory/units.ts';
import type { Envelope, Recorded } from '../../../shared/domain/events.ts';
import type { Random } from '../../../shared/domain/ids.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { personalItem, personalText, refOf } from '../../../shared/people/personal.ts';
import { keptFor } from '../../../shared/people/retention.ts';
import type { PolicyContext } from '../../../shared/policy/policy-context.ts';
import { say } from '../../../shared/text/catalogue.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { buildingOf } from '../../../shared/values/place.ts';
import { accountId, itemOf } from '../accounts/contract.ts';
import { type Accounts, accountsOfUnit } from '../accounts/contract-store.ts';
import type { AccountEvent } from '../accounts/events.ts';
import type { LetterRequest } from '../letters/contract.ts';
import { shareAnew } from '../tariffs/contract.ts';
import { discountsOf } from '../tariffs/contract-store.ts';
import { billsKey } from './bills.ts';
import { closeLeft } from './close-work.ts';
import type { Notify } from './notice-work.ts';
import { type PlanDeps, scheduledFor } from './plan-store.ts';
import {
  corrected,
  correctShare,
  movedBills,
  PAYER_CHANGED,
  type ShareCorrection,
  shareCorrectionsOf,
  type UnitAccount,
  type UnitBill,
} from './resplit.ts';
import { billsOn } from './store.ts';

export interface AlignDeps extends PlanDeps {
  accounts: Accounts;
  /** The table of erasable texts. */
  personal: string;
  notify: Notify;
  random: Random;
}

export interface AlignTerms {
  site: string;
  now: Instant;
  context: PolicyContext;
}

const ACTOR = { staff: PAYER_CHANGED, roles: [], departments: [] };

/** A bill of one name is corrected in a few steps at most. */
const STEPS_MOST = 10;

/** Every account the unit has or should have, with its journal; one that isn't there yet has none. */
const accountsFor = async ({ accounts }: AlignDeps, site: string, unit: UnitEntry): Promise<UnitAccount[]> => {
  const parties = unit.payers.flatMap(({ party }) => party ?? []);
  const heads = await accounts.heads(site, [
    ...new Set([
      ...(await accountsOfUnit(accounts, site, unit.unit)),
      ...parties.map((one) => accountId(unit.unit, one)),
    ]),
  ]);
  return Promise.all(
    heads.flatMap(({ id, state }) => {
      const party = state?.party ?? parties.find((one) => accountId(unit.unit, one) === id);
      if (party === undefined) return [];
      const known = { account: id, unit: unit.unit, party, building: state?.building ?? buildingOf(unit) };
      return [accounts.whole(site, id).then((events): UnitAccount => ({ ...known, events }))];
    }),
  );
};

/**
 * Who bears what of some bills of a unit by the timeline as it now is; those of which the schedule no longer knows the item
 * are left out. Schedules are read once a run, discounts once.
 */
const sharesOf = async (deps: AlignDeps, { site, now }: AlignTerms, unit: UnitEntry, bills: readonly UnitBill[]) => {
  if (bills.length === 0) return [];
  const discounts = await discountsOf(deps.fees, site, unit.unit);
  const shared = [];
  for (const [run, some] of Map.groupBy(bills, (of) => of.run)) {
    const { plan } = await scheduledFor(deps, site, run, now);
    for (const of of some) {
      const due = plan.due.find(({ code }) => code === itemOf(of.bill));
      const own = discounts.filter(({ item }) => item === itemOf(of.bill));
      if (due) shared.push({ of, dueDay: due.dueDay, shares: shareAnew(due, unit, own, of) });
    }
  }
  return shared;
};

/** Brings an account to its share of a bill, from its journal as it then is, until there is nothing to correct. */
const settle = async (
  { accounts, personal, random }: AlignDeps,
  { site, now, context }: AlignTerms,
  known: UnitAccount,
  correction: Omit<ShareCorrection, 'words'>,
): Promise<void> => {
  const { account } = known;
  const { bill, run } = correction.of;
  const kept = keptFor('books', 'reason', now, context.policy);
  for (let step = 0; step < STEPS_MOST; step++) {
    const text = personalText('reason', say('run.payer-changed', 'zh-CN'), now, random, kept);
    const written = {
      Put: {
        TableName: personal,
        Item: personalItem(site, text),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    };
    const { events } = await execute(accounts, {
      site,
      id: account,
      now,
      by: PAYER_CHANGED,
      read: async () => {
        const [events, beside] = await Promise.all([
          accounts.whole(site, account),
          billsOn(accounts, site, run, [known]),
        ]);
        return { ...known, events, beside: beside.get(account) };
      },
      decide: (state, fresh) =>
        correctShare({ state, actor: ACTOR, now, context }, fresh, { ...correction, words: refOf(text) }),
      // Of what is charged nobody says why: a bill needs no reason.
      extraItems: (_, __, events) => (adjustments(events).length > 0 ? [written] : []),
      publish(_, __, { events: before, beside }, events) {
        if (!beside || !adjustments(events).includes(bill)) return { put: [], remove: [] };
        const bills = corrected(beside, correction, [...before, ...events]);
        return { put: [{ ...billsKey(site, run, known), ...bills }], remove: [] };
      },
    });
    if (events.length === 0) return;
  }
};

/** The bills that are adjusted. */
const adjustments = (events: readonly Envelope[]): string[] =>
  (events as readonly Recorded<AccountEvent>[]).flatMap((event) =>
    event.name === 'account.adjusted' ? [event.data.bill] : [],
  );

/**
 * Brings a unit's accounts in line with who pays since when: of each bill that was made, everybody bears their own days,
 * and an account whose payer has left is closed. The new payer begins at zero and is told of what it is charged. All of
 * it starts from what is recorded, so that it may be done again at any time, and is done again where it died.
 */
export const alignPayers = async (deps: AlignDeps, at: AlignTerms, unit: UnitEntry): Promise<void> => {
  const { site, now } = at;
  const accounts = await accountsFor(deps, site, unit);
  const wanted: LetterRequest[] = [];
  const moved = movedBills(accounts, unit.payers);
  for (const { of, shares, dueDay } of await sharesOf(deps, at, unit, moved)) {
    for (const known of accounts) {
      const { account, party } = known;
      const share = shares.get(party);
      await settle(deps, at, known, { of, share, dueDay });
      const bills = shareCorrectionsOf(await deps.accounts.whole(site, account), of.bill);
      const about = { account, unit: unit.unit, bills };
      if (bills.length > 0) wanted.push({ kind: 'fee-notice', part: 'email', party, run: of.run, accounts: [about] });
    }
  }
  if (wanted.length > 0) await deps.notify(site, now, wanted);
  await closeLeft(
    deps.accounts,
    { ...at, actor: ACTOR },
    unit,
    accounts.map(({ party }) => party),
  );
};

import * as z from 'zod';
import type { Directory } from '../../../shared/directory/units.ts';
import { newId } from '../../../shared/domain/ids.ts';
import { type CaseDeps, caseCommands } from '../../../shared/http/cases.ts';
import { routesFor } from '../../../shared/http/route.ts';
import { idParam, label, siteParam } from '../../../shared/http/schemas.ts';
import type { Caller, Role } from '../../../shared/people/positions.ts';
import { signInSince } from '../../../shared/people/second-person.ts';
import type { Account } from './account.ts';
import type { Accounts } from './aggregate.ts';
import type { AccountEvent } from './events.ts';
import { FEN_MAX } from './terms.ts';
import { tooMany } from './two-people.ts';
import { accountOut, accountView } from './view.ts';

/** What the routes of an account have in common. */
export interface Deps extends CaseDeps {
  accounts: Accounts;
  directory: Directory;
}

export const route = routesFor<Deps>();
export const PATH = '/sites/{site}/accounts/{account}';
export const one = z.object({ site: siteParam, account: idParam('account') });
/** Commands on an account, for whoever needs more than an account to decide them. */
export const commandsOf = <D extends Deps>() =>
  caseCommands<D, Account, AccountEvent>({
    path: PATH,
    kind: 'account',
    journal: ({ accounts }) => accounts,
    answer: accountOut,
    view: accountView,
    under: 'present',
    /** Corrections, refunds and payments wait for a second person only above a sum: whether one more does shows in what comes of it. */
    admits: (next, before, context) => {
      const open = Object.keys(next.asked).length;
      return open > Object.keys(before?.asked ?? {}).length ? tooMany(open, context) : undefined;
    },
  });
export const command = commandsOf<Deps>();

export const DESK: Role[] = ['agent', 'supervisor', 'centre-manager'];
/** Who takes money: the desk and the finance department (财务). */
export const CASHIERS: Caller[] = [...DESK, 'finance-head'];
export const ABOVE: Role[] = ['supervisor', 'centre-manager', 'site-director'];
export const BOOKKEEPERS: Caller[] = ['finance-head', 'centre-manager', 'site-director'];

export const fen = z.number().int().min(1).max(FEN_MAX).meta({ description: 'Fen (分)' });
export const billNameIn = z
  .string()
  .max(80)
  .regex(/^[^/\s]+\/[^/\s]+$/)
  .meta({ description: 'A bill of the account', example: 'management/2026-11' });
export const referenceIn = {
  reference: label(200).optional().meta({ description: "The bank's or the channel's number of the payment" }),
  sameReference: z.boolean().default(false).meta({
    description:
      'A payment with this reference is known, and this is another: without it the same reference is a conflict',
  }),
};
/** Since when the sign-in of whoever asked for something is theirs, where it was changed. */
export const askerSince = (of: string, { directory }: Deps, { asked }: Account) =>
  signInSince(directory, asked[of]?.by);

export const made =
  (kind: 'payment' | 'hold' | 'waiver' | 'adjustment') =>
  (_: unknown, __: string, { random }: Deps, { now }: { now: number }) =>
    Promise.resolve(newId(kind, now, random));

import * as z from 'zod';
import { type CaseDeps, caseCommands } from '../../../shared/http/cases.ts';
import type { Route } from '../../../shared/http/route.ts';
import type { Caller } from '../../../shared/people/positions.ts';
import { type Account, accountOut, accountView } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import type { AccountEvent } from '../accounts/events.ts';
import { endMandate, mandate, mandatePublished, TOKEN } from './mandate.ts';

export interface Deps extends CaseDeps {
  accounts: Accounts;
}

const command = caseCommands<Deps, Account, AccountEvent>({
  path: '/sites/{site}/accounts/{account}',
  kind: 'account',
  journal: ({ accounts }) => accounts,
  answer: accountOut,
  view: accountView,
  under: 'present',
  publish: mandatePublished,
});

const WHO: Caller[] = ['agent', 'supervisor', 'centre-manager', 'finance-head'];

export const routes: Route<Deps>[] = [
  command(
    'mandate',
    'The payer lets the bank deduct (代扣): a token that stands for the mandate, never an account number',
    WHO,
    z.strictObject({
      token: z.string().regex(TOKEN).meta({ description: 'What the bank calls the mandate' }),
      bank: z
        .string()
        .regex(/^[\p{L}\p{N}_-]{1,30}$/u)
        .meta({ description: 'Which bank', example: 'icbc' }),
    }),
    { may: mandate.may, decide: (on, body) => mandate(on, body) },
  ),
  command('mandate/end', 'The mandate ends; what is under way goes on', WHO, z.strictObject({}), {
    may: endMandate.may,
    decide: (on) => endMandate(on),
  }),
];

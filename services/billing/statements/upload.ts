import { inParallel } from '../../../shared/aws/many.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { execute } from '../../../shared/journal/execute.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { personalText, refOf } from '../../../shared/people/personal.ts';
import { keptFor } from '../../../shared/people/retention.ts';
import { contextAt, type PolicyContext } from '../../../shared/policy/policy-context.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import type { Designated } from '../accounts/contract.ts';
import { askedFor } from '../payments/contract.ts';
import { knownReferences, referenceHash } from '../payments/contract-store.ts';
import { notReversed } from '../receipts/contract-store.ts';
import { book, type ClaimDeps, link } from './claim.ts';
import { enterLine } from './decide.ts';
import { type FindDeps, findPayer, NO_SUMS, type OpenSums, openSums } from './find.ts';
import type { StatementLine } from './reading.ts';
import { isOpen, type Remittance, remittanceId } from './remittance.ts';

export type UploadDeps = ClaimDeps & FindDeps;

/** Lines told of side by side; those of one payer meet on an account and are tried again. */
const WIDTH = 8;
const SYSTEM: Actor = { staff: 'system:statements', roles: [], departments: [] };

interface Upload {
  site: string;
  now: Instant;
  by: string;
}

/**
 * Tells of every line, each once however often and in whatever statements it stands, and books those that leave no
 * doubt. Died half-way it goes on when the file is sent again.
 * @returns each line with whether it is known whose it is; of a split line, of all its parts
 */
export const upload = async (
  deps: UploadDeps,
  of: Upload,
  lines: readonly StatementLine[],
): Promise<{ told: { id: string; at: number; state: Remittance; known: boolean }[]; fresh: number }> => {
  const { remittances, policies } = deps;
  const ids = lines.map((line) => remittanceId(of.site, line));
  const heads = await remittances.heads(of.site, ids);
  const open = lines.map((line, i) => ({ line, id: ids[i] as string, state: heads[i]?.state }));
  const todo = open.filter(({ state }) => state === undefined || state.status === 'unclaimed');
  const context = await contextAt(policies, of.site, of.now);
  const sums = todo.length > 0 ? await openSums(deps, of.site) : NO_SUMS;
  await inParallel(todo, WIDTH, ({ line, id }) => one(deps, of, context, id, line, sums));
  const after = await remittances.heads(of.site, ids);
  const parts = await remittances.heads(
    of.site,
    after.flatMap(({ state }) => (state?.status === 'split' ? (state.parts?.ids ?? []) : [])),
  );
  const asked = new Set(parts.flatMap(({ state }) => (state && isOpen(state) ? [state.part] : [])));
  const told = lines.map(({ at }, i) => {
    const { id, state } = after[i] as { id: string; state: Remittance };
    return { at, id, state, known: !isOpen(state) && !asked.has(id) };
  });
  return { told, fresh: open.filter(({ state }) => state === undefined).length };
};

const one = async (
  deps: UploadDeps,
  { site, now, by }: Upload,
  context: PolicyContext,
  id: string,
  line: StatementLine,
  sums: OpenSums,
) => {
  const found = await findPayer(deps, site, line, sums);
  const kept = keptFor('books', 'line', now, context.policy);
  const texts = (['number', 'name', 'remark'] as const).flatMap((kind) =>
    line[kind] === '' ? [] : [personalText(kind, line[kind], now, deps.random, kept)],
  );
  const refs = Object.fromEntries(texts.map((text) => [text.kind, refOf(text)]));
  const { channel, paidOn, fen } = line;
  await execute(deps.remittances, {
    site,
    id,
    now,
    by,
    idempotencyKey: { scope: `${SYSTEM.staff}#told#${id}`, body: '' },
    decide: (state) => {
      const reference = line.number === '' ? undefined : referenceHash(site, channel, line.number);
      const told = { channel, paidOn, fen, ...refs, ...(reference ? { reference } : {}), proposals: found.proposals };
      const events = enterLine({ state, now, context }, told);
      return { events, personal: events.length > 0 ? texts : [] };
    },
  });
  await alone(deps, { site, now }, id, line, found);
};

/** A reminder asks for the bills of its notice again. */
const distinctOf = (asked: readonly Designated[]): Designated[] => [
  ...new Map(asked.map((one) => [`${one.account} ${one.bill}`, one])).values(),
];

/** What is booked by itself; where that is refused, a person decides. */
const alone = async (
  deps: UploadDeps,
  { site, now }: { site: string; now: Instant },
  id: string,
  { channel, fen, number }: StatementLine,
  { letters, room }: Awaited<ReturnType<typeof findPayer>>,
): Promise<void> => {
  const by = { site, now, actor: SYSTEM, idempotencyKey: { scope: `${SYSTEM.staff}#claim#${id}`, body: '' } };
  const known = await knownReferences(deps.accounts, site, channel, number === '' ? undefined : number);
  try {
    if (known.length > 0) {
      const stand = await notReversed(deps.books, site, known);
      const same = stand.find((one) => one.fen === fen);
      if (same) await link(deps, by, id, { payment: same.payment, party: same.party, rule: 'reference' });
    } else if (letters.length > 0) {
      const all = await Promise.all(letters.map((letter) => askedFor(deps, site, { letter })));
      const party = all[0]?.party ?? '';
      const asked = distinctOf(all.flatMap((one) => one.asked));
      if (asked.length > 0) await book(deps, by, id, { party, asked, rule: 'number', exactly: letters.length > 1 });
    } else if (room) {
      const { party, account } = room;
      await book(deps, by, id, { party, designated: account ? [{ account }] : [], rule: 'room-and-sum' });
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
};

import { notFound, overtaken } from '../../../shared/domain/refusal.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { executeTogether } from '../../../shared/journal/together.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import type { By, ClaimDeps } from './claim.ts';
import { join, partsBefore, split } from './decide.ts';
import type { RemittanceEvent } from './events.ts';
import { type FindDeps, findPayer, NO_SUMS } from './find.ts';
import { type Proposal, partId, type Remittance } from './remittance.ts';

/** Whose a part may be: who the line's words name, with the part's own sum; not who owes a sum by chance. */
const proposalsFor = async (deps: FindDeps, site: string, line: Remittance, fen: number): Promise<Proposal[]> => {
  const refs = [line.name, line.remark].filter((ref) => ref !== undefined);
  const texts = await deps.personal.read(site, refs);
  const said = { name: texts.get(line.name?.ref ?? '') ?? '', remark: texts.get(line.remark?.ref ?? '') ?? '' };
  const { proposals } = await findPayer(
    deps,
    site,
    { ...line, ...said, fen, number: '', balance: '', nth: 1 },
    NO_SUMS,
  );
  const named = line.proposals
    .filter(({ signs }) => signs.includes('name'))
    .map(({ party }): Proposal => ({ party, signs: ['name'] }));
  return [...proposals, ...named.filter(({ party }) => !proposals.some((one) => one.party === party))];
};

/** Whether somebody has split a line since it was read: its parts are others than those that are decided on. */
const isAnother = (now: Remittance | undefined, read: Remittance): boolean =>
  now !== undefined && partsBefore(now) !== partsBefore(read);

/**
 * Cuts a line up into parts, all at once or not at all: each is claimed, or set aside, by itself.
 * @returns the line and its parts. @throws Refusal
 */
export const splitLine = async (
  deps: ClaimDeps & FindDeps,
  { site, actor, now, idempotencyKey }: By,
  id: string,
  sums: readonly number[],
): Promise<Current<Remittance>[]> => {
  const { remittances, policies } = deps;
  const [{ state }, context] = await Promise.all([remittances.head(site, id), contextAt(policies, site, now)]);
  if (!state) throw notFound(id);
  const parts = await Promise.all(
    sums.map(async (fen) => ({ fen, proposals: await proposalsFor(deps, site, state, fen) })),
  );
  const before = partsBefore(state);
  const { all } = await executeTogether<Remittance, RemittanceEvent>(remittances, {
    site,
    ids: [id, ...sums.map((_, i) => partId(id, before + i + 1))],
    now,
    by: actor.staff,
    idempotencyKey,
    decide: ([line]) =>
      isAnother(line?.state, state) ? overtaken() : split({ id, state: line?.state, now, context }, parts),
  });
  return all;
};

/** Makes a line whole again of which no part is claimed. @returns the line. @throws Refusal */
export const joinLine = async (
  { remittances, policies }: ClaimDeps,
  { site, actor, now, idempotencyKey }: By,
  id: string,
): Promise<Current<Remittance>> => {
  const [{ state }, context] = await Promise.all([remittances.head(site, id), contextAt(policies, site, now)]);
  if (!state) throw notFound(id);
  const { all } = await executeTogether<Remittance, RemittanceEvent>(remittances, {
    site,
    ids: [id, ...(state.parts?.ids ?? [])],
    now,
    by: actor.staff,
    idempotencyKey,
    decide: ([line, ...parts]) =>
      isAnother(line?.state, state)
        ? overtaken()
        : join(
            { state: line?.state, now, context },
            parts.map((part) => part.state),
          ),
  });
  const [line] = all;
  if (!line) throw notFound(id);
  return line;
};

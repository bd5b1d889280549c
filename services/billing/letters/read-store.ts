import type { Current } from '../../../shared/journal/aggregate.ts';
import { type PayerCard, payerOf } from '../../../shared/payer.ts';
import type { PersonalReader } from '../../../shared/personal.ts';
import type { Policies } from '../../../shared/policy.ts';
import { type Directory, unitsById } from '../../../shared/units.ts';
import type { ItemNames } from '../labels.ts';
import type { MailedPaper } from '../paper/model.ts';
import { paperOf } from './content.ts';
import type { Letter } from './letter.ts';
import { accountsOf, type Letters } from './store.ts';

/** What letters are put into words with. */
export interface ReadDeps {
  letters: Letters;
  directory: Directory;
  personal: PersonalReader;
  policies: Policies;
  /** Names of a site's fee items. */
  names(site: string): Promise<ItemNames>;
}

/** A letter as a document, with the texts of now: names and addresses are read when it goes out and kept nowhere. */
export const readPaper = async (
  { letters, directory, personal, policies, names }: ReadDeps,
  { site, id, state }: Current<Letter>,
  known?: { card: PayerCard | undefined; texts: ReadonlyMap<string, string> },
): Promise<MailedPaper> => {
  if (!state) throw new Error(`${id} has no state`);
  const card = known ? known.card : await payerOf(directory, site, state.party);
  const [texts, accounts, units, facts, { values }, items] = await Promise.all([
    known?.texts ?? personal.read(site, card ? [card.name] : []),
    accountsOf(letters, site, id),
    unitsById(
      directory,
      site,
      state.accounts.map(({ unit }) => unit),
    ),
    policies.site(site),
    policies.version(site, state.policy),
    names(site),
  ]);
  return paperOf({ id, state }, accounts, {
    language: card?.language ?? 'zh-CN',
    payer: card && texts.get(card.name.ref),
    site: facts,
    units,
    names: items,
    policy: values,
  });
};

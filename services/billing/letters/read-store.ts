import type { Aws } from '../../../shared/aws/aws.ts';
import { wire } from '../../../shared/aws/wiring.ts';
import { idsOf, type PayerCard, payerOf } from '../../../shared/directory/payer.ts';
import { type Directory, payerOn, type UnitEntry, unitsById } from '../../../shared/directory/units.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import { type PersonalReader, personalReader } from '../../../shared/people/personal.ts';
import type { Policies } from '../../../shared/policy/policies.ts';
import type { Language } from '../../../shared/text/catalogue.ts';
import { type Clock, type Day, type Instant, MINUTE } from '../../../shared/time/clock.ts';
import type { ItemNames, MailedPaper } from '../documents/contract.ts';
import { type Fees, feesIn, itemNames } from '../tariffs/contract-store.ts';
import { type LetterWords, paperOf } from './content.ts';
import type { Letter, LetterAccount } from './letter.ts';
import { accountsOf, type Letters, lettersIn } from './store.ts';

/** What letters are put into words with. */
export interface ReadDeps {
  letters: Letters;
  directory: Directory;
  personal: PersonalReader;
  policies: Policies;
  /** Names of a site's fee items. */
  names(site: string): Promise<ItemNames>;
}

/** Names hardly ever change: they are read once a minute. */
const CACHE_MS = MINUTE;

/** The names of fee items as each site's schedule has them. */
export const namesFrom = (fees: Fees, clock: Clock): ReadDeps['names'] => {
  const known = new Map<string, { until: Instant; names: Promise<ItemNames> }>();
  return (site) => {
    const found = known.get(site);
    if (found && found.until > clock()) return found.names;
    const names = itemNames(fees, site);
    known.set(site, { until: clock() + CACHE_MS, names });
    // What failed is read anew.
    names.catch(() => known.delete(site));
    return names;
  };
};

/** What a function stands on that puts letters into words; `billing` is its own table, for what it does besides. */
export const wireLetters = (aws: Aws) => {
  const wired = wire(aws);
  const billing = wired.tables('billing');
  const { doc, registry, clock } = wired;
  return {
    ...wired,
    billing,
    letters: lettersIn(billing),
    personal: personalReader(billing),
    directory: { doc, registry },
    names: namesFrom(feesIn(billing), clock),
  };
};

/** A letter, or one as it was. */
type Read = Pick<Current<Letter>, 'site' | 'id' | 'state'>;

/** What puts a letter into words, as it is now. @param payer the name, where it is to stand there */
const readWords = async (
  { directory, policies, names }: ReadDeps,
  { site, state }: Read,
  language: Language,
  payer?: string,
): Promise<Omit<LetterWords, 'units'> & { units: ReadonlyMap<string, UnitEntry> }> => {
  if (!state) throw new Error('a letter has a state');
  const ids = state.accounts.map(({ unit }) => unit);
  const [units, facts, { values }, items] = await Promise.all([
    unitsById(directory, site, ids),
    policies.site(site),
    policies.version(site, state.policy),
    names(site),
  ]);
  return { language, payer, site: facts, units, names: items, policy: values };
};

/** What of a letter was read before. */
interface Known {
  card: PayerCard | undefined;
  texts: ReadonlyMap<string, string>;
  accounts?: readonly LetterAccount[];
}

/** A letter as a document, with the texts of now: names and addresses are read when it goes out and kept nowhere. */
export const readPaper = async (deps: ReadDeps, current: Read, known?: Known): Promise<MailedPaper> =>
  (await readLetter(deps, current, known)).paper;

/** The same, with the units that it is about as the directory has them. */
export const readLetter = async (deps: ReadDeps, current: Read, known?: Known) => {
  const { site, id, state } = current;
  if (!state) throw new Error(`${id} has no state`);
  const card = known ? known.card : await payerOf(deps.directory, site, state.party);
  const texts = known?.texts ?? (await deps.personal.read(site, card ? [card.name] : [], 'contract'));
  const [words, accounts] = await Promise.all([
    readWords(deps, current, card?.language ?? 'zh-CN', card && texts.get(card.name.ref)),
    known?.accounts ?? accountsOf(deps.letters, site, id),
  ]);
  return { paper: paperOf({ id, state }, accounts, words), units: [...words.units.values()] };
};

/** Whether somebody, by any id that they go by, pays for one of the units on a day. */
export const paysFor = (units: readonly Pick<UnitEntry, 'payers'>[], card: PayerCard, day: Day): boolean => {
  const ids = idsOf(card);
  return units.some(({ payers }) => ids.includes(payerOn(payers, day) ?? ''));
};

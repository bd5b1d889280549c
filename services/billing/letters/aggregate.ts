import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import { numberName } from '../names.ts';
import { type LetterEvent, letterEvents } from './events.ts';
import { fold } from './fold.ts';
import { type Letter, LISTED, listedKey, listedRange, onPaperKey, type Status } from './letter.ts';
import { runCountKey, runCountsOf } from './mail/run-mail.ts';
import { numberOf } from './number.ts';

const ENDED: readonly Status[] = ['delivered', 'attempted', 'handed-over', 'given-up', 'withdrawn'];
/** Waiting to be handed over: found by each account, so that what is settled meanwhile is withdrawn. */
const ON_PAPER: readonly Status[] = ['to-print', 'printed'];
/** Of so many accounts of a letter, for a transaction has an end; of those beyond, it is asked when it is printed. */
const FOUND_MOST = 40;

const arrives = ({ owed }: Letter) => owed.some(({ duty }) => duty === 'arrive');

export const letterType: AggregateType<Letter, LetterEvent> = {
  type: 'letter',
  keeps: 'evidence',
  ids: 'letter',
  events: letterEvents,
  most: { accounts: 400 },
  fold,
  finished: (state) => ENDED.includes(state.status) && !arrives(state),
  wakes: ({ wake }) => wake,
  indexed: (state, site, id) => ({
    named: numberName(site, numberOf(id, state)),
    ...(LISTED.some((one) => one === state.status) && (state.status === 'withdrawn' || !letterType.finished(state))
      ? { lettersOf: listedKey(site, state.status), lettersBy: listedRange(state.day, id) }
      : {}),
  }),
  foundBy: ({ status, accounts }, { site, id }) =>
    ON_PAPER.includes(status) ? accounts.slice(0, FOUND_MOST).map(({ account }) => onPaperKey(site, account, id)) : [],
  counted: (state, { site, id }) =>
    state.run === undefined ? undefined : { key: runCountKey(site, state.run, id), counts: runCountsOf(state) },
};

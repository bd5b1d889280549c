import type { Block, BlockColumn } from '../../../../shared/paper/block.ts';
import { type Language, type MessageKey, say } from '../../../../shared/text/catalogue.ts';
import { percentOf } from '../../figures/contract.ts';

/** What stands where there is nothing to say. */
export const NOTHING = '–';

export const percent = (rate: { met: number; of: number } | null): string =>
  rate === null ? NOTHING : percentOf(rate.met, rate.of);

export const column =
  (language: Language) =>
  (key: MessageKey, share: number, right = false): BlockColumn => ({
    label: say(key, language),
    share,
    ...(right ? { align: 'right' as const } : {}),
  });

export const heading = (key: MessageKey, language: Language): Block => ({ block: 'heading', text: say(key, language) });

/** That a list goes on elsewhere; nothing where it doesn't. */
export const more = (n: number, language: Language, key: MessageKey = 'report.more'): Block[] =>
  n === 0 ? [] : [{ block: 'note', text: say(key, language, { n }) }];

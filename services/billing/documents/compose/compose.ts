import type { Block, Composed } from '../../../../shared/paper/block.ts';
import { say } from '../../../../shared/text/catalogue.ts';
import { checked } from '../checked.ts';
import type { Paper } from '../model.ts';
import { arrearsLetter } from './arrears.ts';
import { accountStatement, deliverySheet, receipt } from './desk.ts';
import { feeNotice } from './fee-notice.ts';
import { dayInWords, deskLines } from './words.ts';

/** A document in its language's words, whatever it will be read on. @throws RangeError for one that doesn't add up */
export const compose = (paper: Paper): Composed => {
  checked(paper);
  const { language, site, number, desk, kind } = paper;
  const title = say(`paper.title.${kind}`, language);
  return {
    language,
    title,
    subject:
      kind === 'fee-notice' && paper.totalFen > 0
        ? say('paper.subject.due', language, { site, title, number, due: dayInWords(paper.dueDay, language) })
        : say('paper.subject', language, { site, title, number }),
    site,
    number,
    desk: deskLines(desk, language),
    blocks: blocksOf(paper),
    ...(kind === 'delivery-sheet' ? { landscape: true } : {}),
    ...(kind === 'receipt' && paper.voided ? { stamp: say('paper.voided', language) } : {}),
  };
};

const blocksOf = (paper: Paper): Block[] => {
  switch (paper.kind) {
    case 'fee-notice':
      return feeNotice(paper);
    case 'receipt':
      return receipt(paper);
    case 'account-statement':
      return accountStatement(paper);
    case 'delivery-sheet':
      return deliverySheet(paper);
    default:
      return arrearsLetter(paper);
  }
};

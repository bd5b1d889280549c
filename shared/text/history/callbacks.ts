import type { Message } from '../catalogue.ts';
import type { Telling } from './template.ts';

/** Callbacks to owners. */
export const CALLBACK_SENTENCES: Readonly<Record<string, Telling>> = {
  'callback.opened': (data) =>
    data.public === true
      ? {
          zh: '投诉已由{department:department}处理，投诉人无法联系，要求 {due:due} 前公示答复',
          en: '{department:department} gave a result; nobody can be reached, so the answer is to be made public by {due:due}',
        }
      : {
          zh: '投诉已由{department:department}处理，要求 {due:due} 前回访业户',
          en: '{department:department} gave a result; the owner is to be called back by {due:due}',
        },
  'callback.claimed': { zh: '{by}领取回访任务', en: '{by} took the callback on' },
  'callback.attempted': ({ outcome }) => NOT_REACHED[String(outcome)] ?? TRIED,
  'callback.reached': ({ satisfied, ratedBy }) => reached(satisfied, ratedBy),
  'callback.opinion-answered': {
    zh: '{by}答复第 {item:ordinal} 条意见：{answer:text}',
    en: '{by} answered opinion {item:ordinal}: {answer:text}',
  },
  'callback.opinion-signed': {
    zh: '{by}对第 {item:ordinal} 条意见的答复签字',
    en: '{by} signed the answer to opinion {item:ordinal}',
  },
  'callback.opinions-settled': {
    zh: '回访意见均已答复并签字',
    en: 'All opinions heard are answered and signed',
  },
  'callback.replied': {
    zh: '{by}按回访承诺答复业户：{words:text}',
    en: '{by} gave the owner the promised reply: {words:text}',
  },
  'callback.waived': {
    zh: '{by}批准免回访（{reason=callback-waiver}）：{words:text}',
    en: '{by} let the callback go ({reason=callback-waiver}): {words:text}',
  },
  'callback.published': {
    zh: '{by}公示答复：{words:text}',
    en: '{by} made the answer public: {words:text}',
  },
};

const TRIED: Message = {
  zh: '{by}回访未接通[（第 {nth} 次）]：{outcome=call-outcome}',
  en: '{by} called and did not reach the owner[ (try {nth})]: {outcome=call-outcome}',
};
const NOT_REACHED: Readonly<Record<string, Message>> = {
  'no-answer': {
    zh: '{by}回访未接通[（第 {nth} 次）]',
    en: '{by} called and nobody answered[ (try {nth})]',
  },
  refused: {
    zh: '{by}回访，业户拒绝[（第 {nth} 次）]',
    en: '{by} called and the owner refused to talk[ (try {nth})]',
  },
};

const rated = (satisfied: unknown): Message =>
  satisfied === undefined
    ? { zh: '', en: '' }
    : satisfied === true
      ? { zh: '（满意）', en: ' (satisfied)' }
      : { zh: '（不满意）', en: ' (dissatisfied)' };

const reached = (satisfied: unknown, ratedBy: unknown): Message => {
  const how = rated(satisfied);
  const own = ratedBy === 'owner' ? { zh: '自评', en: ' by themselves' } : { zh: '评', en: '' };
  return {
    zh: `{by}回访接通[，业户${own.zh} {rating} 分${how.zh}][，约定 {nextPromise:due} 前答复][，意见 {opinions:count} 条：{opinions:text}]`,
    en: `{by} reached the owner[, who gave {rating} of 5${own.en}${how.en}][, a reply promised by {nextPromise:due}][, {opinions#opinion|opinions}: {opinions:text}]`,
  };
};

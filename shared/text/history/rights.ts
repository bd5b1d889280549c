import type { Telling } from './template.ts';

/** What people ask of what is kept of them. */
export const RIGHTS_SENTENCES: Readonly<Record<string, Telling>> = {
  'erasure.asked': {
    zh: '{by}登记业户{party:party}的个人信息删除申请，待另一人确认：{reason:text}',
    en: '{by} recorded that {party:party} asks to be erased; a second person decides: {reason:text}',
  },
  'erasure.refused': {
    zh: '{by}驳回删除申请：{reason:text}',
    en: '{by} refused the erasure: {reason:text}',
  },
  'erasure.confirmed': {
    zh: '{by}确认删除业户{party:party}的个人信息（{askedBy:staff}登记）',
    en: '{by} confirmed that {party:party} is erased ({askedBy:staff} had recorded it)',
  },
  'erasure.resumed': {
    zh: '继续删除此前未能删除的部分',
    en: 'What could not be erased yet is gone through again',
  },
  'erasure.answered': {
    zh: '{service=keeping}部分已答复[：删除 {erased} 条][，另有 {waits} 项待办结后删除]',
    en: 'Answered by {service=keeping}[: {erased#text|texts} erased][, {waits#case|cases} to be finished first]',
  },
  'erasure.cleared': {
    zh: '其余部分均已删除，由业户档案删除姓名和联系方式',
    en: 'All else is erased; the registry erases name and contact ways',
  },
  'erasure.finished': {
    zh: '删除完成，仅保留法律要求保存的内容',
    en: 'The erasure is finished; nothing is left but what a law keeps',
  },
  'erasure.replayed': {
    zh: '数据恢复到较早时点，重新执行删除',
    en: 'Data were restored to an earlier moment; it is erased anew',
  },
  'forgetting.done': {
    zh: '{service=keeping}部分已清理[：删除 {erased} 条][，另有 {waits} 项待办结后删除]',
    en: 'Answered by {service=keeping}[: {erased#text|texts} erased][, {waits#case|cases} to be finished first]',
  },
  'forgetting.erased': {
    zh: '已删除个人信息 {refs:count} 条',
    en: '{refs#text|texts} of a person erased',
  },
};

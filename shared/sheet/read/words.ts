const TRADITIONAL =
  '樓棟單號層區類積電話聯繫業戶繳費語關係狀態編間產權證郵機項門職務員帳賬時稱龍組團築實碼總餘額狀摘協議貸';
const SIMPLIFIED =
  '楼栋单号层区类积电话联系业户缴费语关系状态编间产权证邮机项门职务员账账时称龙组团筑实码总余额状摘协议贷';

/** A heading or a word of a cell as it is compared: without case, spaces and signs, in simplified characters: `收/支` is `收支`. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*_:/()【】[\]-]/g, '')
    .replace(/\p{Script=Han}/gu, (sign) => SIMPLIFIED[TRADITIONAL.indexOf(sign)] ?? sign);

const BRACKETS = [
  ['(', ')'],
  ['【', '】'],
  ['[', ']'],
] as const;
/** What stands outside of brackets that close; in time that grows with the text, however many open. */
const outside = (text: string, [opens, closes]: readonly [string, string]): string => {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const begins = text.indexOf(opens, from);
    const ends = begins === -1 ? -1 : text.indexOf(closes, begins);
    if (ends === -1) return parts.join('') + text.slice(from);
    parts.push(text.slice(from, begins));
    from = ends + 1;
  }
};

/**
 * The same of what stands outside of brackets, without marks of duty (`*`, 必填), units of area and the stop of `No.`: `建築面積(㎡)`, `*建筑面积`
 * and `建筑面积m2` are one. Not for headings whose unit says what is in the column (`金额（分）`).
 */
export const unbracketed = (text: string): string =>
  folded(BRACKETS.reduce(outside, text.normalize('NFKC')))
    .replace(/[必选]填项?$|^[必选]填项?/g, '')
    .replace(/(?<=.)(m2|平方米|平米)$/, '')
    .replace(/(?<=.)\.$/, '');

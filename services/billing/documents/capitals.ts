const DIGITS = [...'零壹贰叁肆伍陆柒捌玖'];
const PLACES = ['仟', '佰', '拾', ''];
/** What four places are counted in. */
const GROUPS = ['亿', '万', ''];
const YUAN_LIMIT = 10 ** 12;

/** Up to four places: zeros between are one 零, those before and after are none. */
const placesOf = (group: number): string =>
  [...String(group).padStart(4, '0')]
    .map((digit, place) => (digit === '0' ? '零' : `${DIGITS[Number(digit)]}${PLACES[place]}`))
    .join('')
    .replaceAll(/零+/g, '零')
    .replaceAll(/^零|零$/g, '');

const yuanOf = (yuan: number): string => {
  let text = '';
  for (const [i, name] of GROUPS.entries()) {
    const group = Math.floor(yuan / 10_000 ** (GROUPS.length - 1 - i)) % 10_000;
    if (group === 0) continue;
    // A place left empty after what stands already: the thousands of this group, or a whole group before it.
    const before = Math.floor(yuan / 10_000 ** (GROUPS.length - i)) % 10_000;
    const gap = text !== '' && (group < 1000 || before === 0);
    text += `${gap ? '零' : ''}${placesOf(group)}${name}`;
  }
  return text;
};

/**
 * An amount of whole fen in Chinese capital numerals (大写), as receipts carry it: `壹仟肆佰零玖元伍角整`. By the rules for
 * filling in bills (支付结算办法 annex 1) and 会计基础工作规范 art. 52: 整 after 元 and 角, none after 分; a 零 also where 元 is
 * empty before 角.
 * @throws RangeError for what isn't a whole number of fen, is negative, or has a trillion yuan
 */
export const inCapitals = (fen: number): string => {
  if (!Number.isSafeInteger(fen) || fen < 0 || fen >= YUAN_LIMIT * 100) {
    throw new RangeError('an amount in capital numerals is a whole number of fen, from none to under a trillion yuan');
  }
  const yuan = Math.floor(fen / 100);
  const [jiao, rest] = [Math.floor(fen / 10) % 10, fen % 10];
  const whole = yuan > 0 ? `${yuanOf(yuan)}元` : '';
  const gap = whole !== '' && (jiao === 0 || yuan % 10 === 0) ? '零' : '';
  if (rest > 0) return `${whole}${gap}${jiao > 0 ? `${DIGITS[jiao]}角` : ''}${DIGITS[rest]}分`;
  if (jiao > 0) return `${whole}${gap}${DIGITS[jiao]}角整`;
  return `${whole || '零元'}整`;
};

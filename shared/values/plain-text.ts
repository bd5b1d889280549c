/**
 * What stands in a text without being seen (Unicode's Cf: zero width, marks of direction, soft hyphen, byte order mark),
 * and what else takes no room: variation selectors, the joiner of graphemes, fillers of Hangul.
 */
const UNSEEN =
  /\p{Cf}|\u034f|[\u115f\u1160\u3164\uffa0]|\u17b4|\u17b5|[\u180b-\u180d]|\u180f|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;
/**
 * What turns the order in which a text is seen: Unicode's embeddings, overrides and isolates, and the marks from right to left.
 * Nothing else that is unseen makes a text look like another one (`2026\u202e10` is seen as `202601`).
 */
const TURNING = '\\u061c\\u200f\\u202a-\\u202e\\u2066-\\u2069';
/** A text that is seen in the order in which it stands. */
export const UNTURNED = new RegExp(`^[^${TURNING}]*$`);

/** Every kind of white space, the one that Unicode calls a mark and looks like one included. */
const SPACE = /[\s\p{Z}\u0085\u2800]+/gu;

/** Chinese punctuation is written full-width: 示例（杭州）有限公司 keeps its brackets. */
const PUNCTUATED = /[^（），；：！？]+/g;
const narrow = (text: string): string => text.replace(PUNCTUATED, (part) => part.normalize('NFKC'));

/**
 * A label, name or number as it is told from others: what looks the same is the same. Full-width digits and letters are made plain
 * (NFKC), format characters don't count, one space where there were several, none at the ends. A text of padding is empty.
 */
export const plain = (text: string): string => narrow(narrow(text).replace(UNSEEN, '').replace(SPACE, ' ').trim());

/** A longer text keeps its lines and its emoji, in the order in which it stands; what is only padding is empty all the same. */
export const written = (text: string): string => (plain(text) === '' ? '' : text.replace(TURNED, '').trim());
const TURNED = new RegExp(`[${TURNING}]`, 'g');

/** An emoji with what joins and colours it, or what is unseen outside of one. */
const JOINED = new RegExp(
  `(\\p{Extended_Pictographic}[\\p{Emoji_Modifier}\\u{e0020}-\\u{e007f}]*(?:\\ufe0f?\\u200d?)*)|${UNSEEN.source}`,
  'gu',
);
/** No field takes a longer text, but for files in Base64. */
const TEXT_MAX = 20_000;

const eachText = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return value.length > TEXT_MAX ? value : change(value).trim();
  if (Array.isArray(value)) return value.map((one) => eachText(one, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, eachText(one, change)]));
};

/** What is asked for, as whoever asks sees it: every text in it without what is unseen, but for the joints of emoji. */
export function asSeen(value: string): string;
export function asSeen(value: unknown): unknown;
export function asSeen(value: unknown): unknown {
  return eachText(value, (text) => text.replace(JOINED, (_, emoji: string | undefined) => emoji ?? ''));
}

/**
 * The same of what is to be kept. What turns a text stays: without it the text would be another one than was seen, so a name is refused for
 * it (`oneLine`), and only longer texts go without (`written`).
 */
export const asSent = (value: unknown): unknown =>
  eachText(value, (text) =>
    text.replace(JOINED, (sign, emoji: string | undefined) => emoji ?? (UNTURNED.test(sign) ? '' : sign)),
  );

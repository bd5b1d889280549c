import { plain } from './plain-text.ts';

/**
 * Where a unit is, by its levels (期/区, 幢, 单元, 层, 室). Levels are kept without the words that go with them, so that
 * `8`, `8幢`, `8号楼` and `8#` are one building and `101` and `101室` one room; a site says in which words it writes
 * them. A level that is a name (`翠湖楼`, `Tower B`) stands as it is and takes no word. Pure.
 */
export interface Place {
  /** 期/区, with its word: `一期`, `东区`. */
  phase?: string | undefined;
  building: string;
  /** 单元. */
  entrance?: string | undefined;
  /** 层. */
  floor?: string | undefined;
  /** The room (室). */
  number: string;
}
/** A place as some text gives it: a room may be said without its building. */
export type PlaceReading = Omit<Place, 'building'> & { building?: string | undefined };

/** From the largest to the smallest. */
export const LEVELS = ['phase', 'building', 'entrance', 'floor', 'number'] as const;
export type PlaceLevel = (typeof LEVELS)[number];
type Levels = Partial<Record<PlaceLevel, string | undefined>>;

/** Stands between phase and building where the two are one name. */
const JOINT = '·';
/** In no level: labels have no control characters. */
const SEPARATOR = '\u001e';

/** Longest first: `8号楼` isn't `8号` and a rest. */
const WORDS: Record<PlaceLevel, string> = {
  // Not 小区, which is a whole estate.
  phase: '期|(?<![小社园])[区區]|组团|組團',
  building: '号楼|號樓|#楼|#樓|#幢|#栋|#棟|幢|栋|棟|座|楼|樓|号|號|#',
  entrance: '单元|單元|门|門|梯',
  floor: '层|層|楼|樓',
  number: '号房|號房|室|房|号|號',
};
const NUMERAL = '[一二三四五六七八九十]{1,3}';
/** What takes a word: digits with letters, a letter, a numeral, or one of the few signs that number things. */
const HEAD = `(?:[A-Z]?\\d+[A-Z]?(?:-[\\dA-Z]+)*|[A-Z](?:-[\\dA-Z]+)*|${NUMERAL}|[甲乙丙丁东南西北中])`;
const PLAIN = new RegExp(`^${HEAD}$`);

const worded = (level: PlaceLevel) => `(?<${level}>${HEAD})(?:${WORDS[level]})`;
const PHASE = `(?:(?<phase>[^-]{1,12}?(?:${WORDS.phase}))-?)?`;
const ROOM = `(?:${worded('entrance')}-?)?(?:${worded('floor')}-?)?(?<number>(?=[A-Z-]*\\d)${HEAD})(?:${WORDS.number})?`;
const IS_PHASE = new RegExp(`(?:${WORDS.phase})$`);
const IN_BUILDING = new RegExp(`^${PHASE}${worded('building')}?(?:-?${worded('entrance')})?$`);
const IN_NUMBER = new RegExp(`^${ROOM}$`);
const WHOLE = new RegExp(`^${PHASE}${worded('building')}-?${ROOM}$`);
const NAMED = new RegExp(`^${PHASE.replace('-?', '-?(?!\\d)')}(?<building>.*?[^-\\dA-Z ]|.+(?=[- ]))[- ]?${ROOM}$`);
/** No numeral that ends a name (`东一幢`), and no room that begins another word (`1栋B座`). */
const SOMEWHERE = new RegExp(
  [
    '(?<!\\p{Script=Han}(?=\\p{Script=Han}))',
    `(?:(?:(?:\\d{1,2}|${NUMERAL})期|[A-Z东南西北中]区)-?)?`,
    `(?:${worded('building')}-?${ROOM}(?![座楼幢栋单层])|\\d+[A-Z]?(?:-[A-Z]?\\d+[A-Z]?){1,3})`,
  ]
    .join('')
    .replaceAll('-?', '[- ]?'),
  'gu',
);

const ONES = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const numeral = (n: number): string => `${n < 20 ? '' : ONES[Math.floor(n / 10)]}${n < 10 ? '' : '十'}${ONES[n % 10]}`;
const NUMERALS = new Map(Array.from({ length: 99 }, (_, i) => [numeral(i + 1), String(i + 1)]));

/** What looks the same made the same, single letters large, one kind of dash. */
const even = (text: string): string =>
  plain(text)
    .replace(/[‐-―−]/g, '-')
    .replace(/(?<![A-Za-z])[a-z](?![A-Za-z])/g, (letter) => letter.toUpperCase());
/** The same without spaces beside a Chinese sign. */
const tidy = (text: string): string => even(text).replace(/(?<=[\p{Script=Han}#]) | (?=[\p{Script=Han}#])/gu, '');
/** As tidied, with spaces and strokes for what they are between levels: dashes. */
const closed = (text: string): string => tidy(text).replace(/ ?[ /·] ?/g, '-');

/** A level without its word, floors below ground as `B1`; a phase with its word. */
const bare = (level: PlaceLevel, text: string): string => {
  const tidied = tidy(text);
  if (level !== 'phase') {
    const [, below] =
      (level === 'floor' && new RegExp(`^(?:-|负|地下)(\\d|${NUMERAL})(?:${WORDS.floor})?$`).exec(tidied)) || [];
    if (below) return `B${NUMERALS.get(below) ?? below}`;
    const [, head = tidied] = new RegExp(`^(${HEAD})(?:${WORDS[level]})$`).exec(tidied) ?? [];
    return NUMERALS.get(head) ?? head;
  }
  const [, said = '', word = '期'] = new RegExp(`^第?(\\d{1,2}|${NUMERAL})(${WORDS.phase})?$`).exec(tidied) ?? [];
  const n = Number(NUMERALS.get(said) ?? said);
  return n > 0 ? numeral(n) + word : tidied.replaceAll(JOINT, ' ');
};
/** Every level that is there, without its word. */
const leveled = (levels: Levels): Levels =>
  Object.fromEntries(LEVELS.flatMap((one) => (levels[one]?.trim() ? [[one, bare(one, levels[one])]] : [])));
const found = (pattern: RegExp, text: string): Levels | undefined => {
  const { groups } = pattern.exec(text) ?? {};
  return groups && leveled(groups);
};

/** What a cell says of each level, where it says more than its own. */
type Said = readonly [cell: PlaceLevel, levels: Levels | undefined];

/** 号 is a building here, a door there: `3号101室` may be a room of building 8. */
const UNSURE = /\d号(?!楼)/;
/** What cells of a place say of other levels than their own; nothing of what may be a name. */
const saidIn = ({ building, entrance, number }: Place, of: Levels): Said[] => {
  const [inBuilding, inEntrance, inNumber] = [building, entrance ?? '', number].map(closed) as [string, string, string];
  const [phase, ...rest] = of.building?.split(JOINT) ?? [];
  const jointly = rest.length > 0 ? leveled({ phase, building: rest.join(JOINT) }) : undefined;
  const whole = /(\d{3}[A-Z]?|[室房])$/.test(inBuilding)
    ? (found(WHOLE, inBuilding) ?? inShape(inBuilding.split('-'), ['building', 'entrance', 'number']))
    : undefined;
  const before = found(IN_BUILDING, inEntrance);
  return [
    ['building', whole ?? found(IN_BUILDING, inBuilding) ?? jointly],
    ['entrance', before?.entrance ? before : undefined],
    ['number', found(WHOLE, inNumber) ?? repeating(of, inNumber.split('-')) ?? found(IN_NUMBER, inNumber)],
  ];
};
const inShape = (parts: readonly string[], shape: readonly PlaceLevel[]): Levels | undefined =>
  parts.length === shape.length ? dashed(parts, shape)[0] : undefined;

/** A room's number that says larger levels anew: `8-2-101` in building 8 or entrance 2, `2-101` in entrance 2, `8-101` in building 8. */
const repeating = ({ building, entrance }: Levels, parts: readonly string[]): Levels | undefined => {
  if (parts.length === 3 && (parts[0] === building || (entrance !== undefined && parts[1] === entrance))) {
    return inShape(parts, ['building', 'entrance', 'number']);
  }
  const [first = '', room = ''] = parts;
  // Of a room alone nothing says what stands before it; beside its entrance that is the entrance, unless it is the floor.
  const before = first === building || first === entrance || /^\d{1,2}$/.test(first);
  if (parts.length !== 2 || !entrance || !before || !/^\d{3,4}[A-Z]?$/.test(room) || tellsFloor(room, first))
    return undefined;
  return inShape(parts, [first === building && first !== entrance ? 'building' : 'entrance', 'number']);
};

/** Two cells that say different things of one level of a place. */
export interface Contradiction {
  level: PlaceLevel;
  said: string;
  other: string;
}
const isOtherKind = (a: string, b: string) => /期$/.test(a) !== /期$/.test(b);
/** The first level that a cell says otherwise than the cell of that level; not between a phase (一期) and a quarter (东区). */
const contradicting = (levels: Levels, [cell, inCell]: Said): Contradiction | undefined =>
  LEVELS.flatMap((level) => {
    const [said, other] = [levels[level], inCell?.[level]];
    if (level === cell || !said || !other || said === other) return [];
    return level === 'phase' && isOtherKind(said, other) ? [] : [{ level, said, other }];
  })[0];

/** What every cell says together, and what they contradict each other in. */
const together = (place: Place): { levels: Levels; contradiction: Contradiction | undefined } => {
  let levels = leveled(place);
  let contradiction: Contradiction | undefined;
  for (const said of saidIn(place, levels)) {
    const [cell, inCell = {}] = said;
    const wrong = contradicting(levels, said);
    // A cell that says more is understood as a whole, or stays a name.
    if (!wrong && LEVELS.some((one) => one !== cell && inCell[one])) levels = { ...levels, ...inCell };
    if (wrong && !UNSURE.test(closed(place[cell] ?? ''))) contradiction ??= wrong;
  }
  return { levels, contradiction };
};

/**
 * A place from levels as people enter them, with or without their words; a cell may hold the levels beside it, too
 * (`8幢2单元`, `2单元101室`). For what contradicts itself see `contradictionIn`: here it is a name.
 */
export const placeFrom = (place: Place): Place => {
  const { building = '', number = '', ...levels } = together(place).levels;
  return { ...levels, building, number };
};

/** Of what people enter: what one cell says otherwise than another. 8幢2单元101室 isn't in building 9, nor room 7. */
export const contradictionIn = (place: Place): Contradiction | undefined => together(place).contradiction;

/** What sums and lists of a building go by: its phase and its name; its entrances are one building. */
export const buildingOf = ({ phase, building }: Pick<Place, 'phase' | 'building'>): string =>
  phase === undefined ? building : phase + JOINT + building;
/** The same from what people enter. */
export const buildingFrom = (text: string): string => buildingOf(placeFrom({ building: text, number: '' }));

/** Room 301, or 0301, or 2-301, is on floor 3. */
const tellsFloor = (number: string, floor: string) => {
  const [, told] = /^(?:\d{1,2}-)?(\d{1,2})\d{2}$/.exec(number) ?? [];
  return told !== undefined && /^\d+$/.test(floor) && Number(told) === Number(floor);
};
const floorOf = ({ floor, number }: Omit<Place, 'building'>) =>
  floor !== undefined && tellsFloor(number, floor) ? undefined : floor;

/** A room with the entrance that its number tells (`2-101`), and without a floor that it tells. */
export const roomOf = (place: Omit<Place, 'building'>): Pick<Place, 'entrance' | 'floor' | 'number'> => {
  const [, entrance, number] = (!place.entrance && /^(\d{1,2})-(\d{3,4}[A-Z]?)$/.exec(place.number)) || [];
  const room = entrance && number ? { ...place, entrance, number } : place;
  return { entrance: room.entrance, floor: floorOf(room), number: room.number };
};
/** Tells the rooms of a building apart: by entrance, room, and the floor where the room's number doesn't tell it. */
export const roomKey = (place: Omit<Place, 'building'>): string => {
  const { entrance = '', floor = '', number } = roomOf(place);
  return [entrance, floor, number].join(SEPARATOR);
};

/** How a site writes its places until it says otherwise. */
export const PLACE_FORMAT = '{phase}{building}幢{entrance}单元{floor}层{number}室';
/** Every level once, from the largest to the smallest, each before its word: no two places are written alike. */
export const isPlaceFormat = (text: string): boolean =>
  text.length <= 80 && new RegExp(`^${LEVELS.map((one) => `\\{${one}\\}[^{}]*`).join('')}$`).test(text);

/**
 * A place in a site's words: `8幢2单元101室`. Levels that aren't there are left out with their words, and a floor that
 * the room's number tells; a name has no word, nor a parking space that of a room.
 */
export const writePlace = (place: Levels & { kind?: string | undefined }, format = PLACE_FORMAT): string => {
  const levels: Levels = { ...place, floor: floorOf({ ...place, number: place.number ?? '' }) };
  let written = '';
  for (const [, one = '', word = ''] of format.matchAll(/\{(\w+)\}([^{}]*)/g)) {
    const level = one as PlaceLevel;
    const value = levels[level];
    if (!value) continue;
    const wordless = !PLAIN.test(value) || (level === 'number' && place.kind === 'space');
    const gap = /[\dA-Za-z]$/.test(written) && /^[\dA-Za-z]/.test(value) ? ' ' : '';
    // 幢 counts houses; one called by a letter is a 座.
    written += gap + value + (wordless ? '' : word === '幢' && /^[A-Z]$/.test(value) ? '座' : word);
  }
  return written;
};
/** A building as `buildingOf` calls it, in the site's words. */
export const writeBuilding = (building: string, format?: string): string =>
  writePlace({ ...placeFrom({ building, number: '' }), number: undefined }, format);

/** What so many parts between dashes can be, the likeliest first. */
const SHAPES: Record<number, PlaceLevel[][]> = {
  2: [['building', 'number']],
  3: [
    ['building', 'entrance', 'number'],
    ['phase', 'building', 'number'],
    ['building', 'number', 'number'],
  ],
  4: [
    ['phase', 'building', 'entrance', 'number'],
    ['building', 'entrance', 'floor', 'number'],
    ['building', 'entrance', 'number', 'number'],
  ],
};
const dashed = (parts: readonly string[], shape: readonly PlaceLevel[]): Levels[] => {
  const levels: Levels = {};
  for (const [i, one] of shape.entries()) levels[one] = levels[one] ? `${levels[one]}-${parts[i]}` : parts[i];
  const read = leveled(levels);
  const sound = (one: PlaceLevel) => !read[one] || (one === 'phase' ? IS_PHASE : PLAIN).test(read[one]);
  return LEVELS.every(sound) ? [read] : [];
};

/**
 * What a text can mean as a place, the likeliest first: `8幢2单元101室`, `8-2-101`, `8-101`, `翠湖楼101`, `101室`.
 * Whoever asks looks up which of them there is.
 */
export const parsePlace = (text: string): PlaceReading[] => {
  const plainly = closed(text);
  const parts = plainly.split('-');
  const split = (SHAPES[parts.length] ?? []).flatMap((shape) => dashed(parts, shape));
  const exact = [found(WHOLE, plainly), ...split].filter((one) => one !== undefined);
  // What else can be is a room alone, a building with a name, or a place behind one: 翠湖花园8幢101室.
  const within = placesIn(text).filter((one) => closed(one) !== plainly);
  const others = exact.length > 0 ? [] : [found(IN_NUMBER, plainly), found(NAMED, tidy(text))];
  return [...exact, ...others, ...(exact.length > 0 ? [] : within.flatMap(parsePlace))].filter(
    (one) => one?.number,
  ) as PlaceReading[];
};

/** The texts within a text that may be places: of a bank's remark `物业费8-2-101张三`, `8-2-101`. */
export const placesIn = (text: string): string[] => even(text).match(SOMEWHERE) ?? [];

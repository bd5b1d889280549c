import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes `noto-sans-sc.ttf`, the font of what is printed, out of Noto Sans SC (92 MB of packages, so they are installed for
 * the moment only): `npm exec node shared/paper/font/make.ts`. Tables for shaping are left out: Chinese set
 * horizontally needs none, and without them a text is as wide as its characters, which `page/` counts on.
 */
const SUBSETTER = 'subset-font';
const SOURCE = '@expo-google-fonts/noto-sans-sc';
const PACKAGES = [`${SUBSETTER}@2.9.0`, `${SOURCE}@0.4.3`];
const DROPPED = ['GSUB', 'GPOS', 'GDEF', 'BASE', 'vhea', 'vmtx', 'VORG'];

type Subset = (font: Uint8Array, text: string, options: Record<string, unknown>) => Promise<Uint8Array>;

/** All that two bytes of an encoding can say. */
const inEncoding = (encoding: string, [from, to]: [number, number], [low, high]: [number, number]): string => {
  const decoder = new TextDecoder(encoding);
  let text = '';
  for (let lead = from; lead <= to; lead++)
    for (let trail = low; trail <= high; trail++) text += decoder.decode(new Uint8Array([lead, trail]));
  return text.replaceAll('\ufffd', '');
};

const inRange = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');

const characters = [
  inRange(0x20, 0x7e),
  inRange(0xa0, 0x17f), // Latin names
  inRange(0x1cd, 0x1dc), // pinyin
  inRange(0x2010, 0x2027), // dashes, quotation marks, ellipsis
  inRange(0x2200, 0x22ff), // signs of arithmetic
  inRange(0x3000, 0x303f), // Chinese punctuation, and 〓 for what is missing
  inRange(0x3380, 0x33df), // ㎡ and the like
  inRange(0xff01, 0xff5e), // full width
  inRange(0xffe0, 0xffe6),
  inEncoding('gb18030', [0xa1, 0xf7], [0xa1, 0xfe]), // GB 2312
  readFileSync(join(import.meta.dirname, 'names.txt'), 'utf8').replaceAll('\n', ''), // the rest of the table of general standard characters
  inEncoding('big5', [0xa4, 0xc6], [0x40, 0xfe]), // frequent traditional characters
].join('');

const folder = mkdtempSync(join(tmpdir(), 'font-'));
try {
  execFileSync('npm', ['install', '--no-save', '--prefix', folder, ...PACKAGES], { stdio: 'inherit' });
  const require = createRequire(join(folder, 'index.js'));
  const subset = require(SUBSETTER) as Subset;
  const source = join(folder, 'node_modules', SOURCE);
  const whole = readFileSync(join(source, '400Regular/NotoSansSC_400Regular.ttf'));
  const made = await subset(whole, characters, {
    targetFormat: 'truetype',
    noLayoutClosure: true,
    noHinting: true,
    dropTables: DROPPED,
  });
  writeFileSync(join(import.meta.dirname, 'noto-sans-sc.ttf'), made);
  writeFileSync(join(import.meta.dirname, 'OFL.txt'), readFileSync(join(source, 'LICENSE_FONT')));
} finally {
  rmSync(folder, { recursive: true });
}

import { formatFen } from '../values/money.ts';
import { ALERTS } from './alerts.ts';
import { ARREARS } from './arrears.ts';
import { BILLING, BILLING_TERMS } from './billing.ts';
import { CALLBACKS } from './callbacks.ts';
import { COMPLAINTS } from './complaints.ts';
import { FIELD } from './field.ts';
import { FIGURES } from './figures.ts';
import { HISTORY_WORDS } from './history/words.ts';
import { IMPORTS } from './imports.ts';
import { INTAKE } from './intake.ts';
import { LETTERS } from './letters.ts';
import { MAIL } from './mail.ts';
import { PAPER } from './paper.ts';
import { POLICY_TEXTS } from './policy.ts';
import { REGISTRY } from './registry.ts';
import { REPORTING } from './reporting.ts';
import { REPORTS } from './reports.ts';
import { REQUEST } from './request.ts';
import { RIGHTS } from './rights.ts';
import { SERVICE } from './service.ts';
import { SHEETS } from './sheets.ts';
import { TERMS } from './terms.ts';

/** Languages people read: Simplified Chinese first, and English. */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Message {
  zh: string;
  en: string;
}

/** Everything people read, in both languages, in one catalogue; `{name}` is filled in. */
export const CATALOGUE = {
  ...REQUEST,
  ...FIELD,
  ...REGISTRY,
  ...IMPORTS,
  ...INTAKE,
  ...COMPLAINTS,
  ...CALLBACKS,
  ...BILLING,
  ...BILLING_TERMS,
  ...LETTERS,
  ...MAIL,
  ...PAPER,
  ...POLICY_TEXTS,
  ...FIGURES,
  ...ARREARS,
  ...REPORTING,
  ...REPORTS,
  ...RIGHTS,
  ...SERVICE,
  ...ALERTS,
  ...SHEETS,
  ...TERMS,
  ...HISTORY_WORDS,
} satisfies Record<string, Message>;

export type MessageKey = keyof typeof CATALOGUE;

export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(CATALOGUE, key);

/** `{name}`, `{name:word}`, `{name#one|several}`. */
const PLACE = /\{(\w+)(?::(yuan|words?)|#([^|}]+)\|([^}]+))?\}/g;

/**
 * A message in a language, its `{names}` filled in; a name without a value stays visible. `{fen:yuan}` is an amount in fen
 * as people read it, `{method:word}` the word for it in that language (`method.cash`), `{allowed:words}` what messages of these keys,
 * apart by spaces, say; another text as it is. `{most#file|files}` is a number and what it is of, one or several.
 */
export const say = (
  key: MessageKey,
  language: Language,
  values: Record<string, string | number | boolean> = {},
): string => {
  const message: Message = CATALOGUE[key];
  const text = language === 'zh-CN' ? message.zh : message.en;
  return text.replace(PLACE, (whole, name: string, as?: string, one?: string, several?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one !== undefined) return `${value} ${Number(value) === 1 ? one : several}`;
    const word = `${name}.${value}`;
    if (as === 'word' && isMessageKey(word)) return say(word, language);
    if (as === 'words') return inWords(String(value), language);
    return as === 'yuan' && typeof value === 'number' ? formatFen(value) : String(value);
  });
};

const inWords = (text: string, language: Language): string => {
  const keys = text.split(' ');
  return keys.every(isMessageKey)
    ? keys.map((key) => say(key, language)).join(language === 'zh-CN' ? '、' : ', ')
    : text;
};

/** The first of our languages in an Accept-Language header, by its order and weights. */
export const preferred = (accept: string | undefined): Language | undefined =>
  (accept ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }): Language | undefined => (tag.startsWith('zh') ? 'zh-CN' : tag.startsWith('en') ? 'en' : undefined))
    .find((language) => language !== undefined);

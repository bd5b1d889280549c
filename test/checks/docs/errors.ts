import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RefusalKind } from '../../../shared/domain/refusal.ts';
import { STATUS } from '../../../shared/http/problem.ts';
import { ARREARS } from '../../../shared/text/arrears.ts';
import { BILLING_TERMS } from '../../../shared/text/billing.ts';
import { CATALOGUE, type Message } from '../../../shared/text/catalogue.ts';
import { FIGURES } from '../../../shared/text/figures.ts';
import { HISTORY_WORDS } from '../../../shared/text/history/words.ts';
import { MAIL } from '../../../shared/text/mail.ts';
import { PAPER } from '../../../shared/text/paper.ts';
import { POLICY_TEXTS } from '../../../shared/text/policy.ts';
import { REPORTS } from '../../../shared/text/reports.ts';
import { SERVICE } from '../../../shared/text/service.ts';
import { SHEETS } from '../../../shared/text/sheets.ts';
import { TERMS } from '../../../shared/text/terms.ts';
import { ROOT } from '../services.ts';
import { table } from './markdown.ts';

/** What is in the catalogue and no refusal: terms, lines of mails, words of documents. */
const OTHER_TEXTS = {
  ...ARREARS,
  ...BILLING_TERMS,
  ...FIGURES,
  ...HISTORY_WORDS,
  ...MAIL,
  ...PAPER,
  ...POLICY_TEXTS,
  ...REPORTS,
  ...SERVICE,
  ...SHEETS,
  ...TERMS,
};
/** The same beside refusals, in the texts of one subject. */
const OTHERS =
  /^(address-left|alert-of|alert-rule|alert-status|alerts|at-risk|digest|duty|import-kind|kept|kind|notice|page|risk)\.|^import\.(column-of|column-unused|line|line-column|line-value)$|^letter\.(discount|flat|payer-of|quantity|shared)/;

/** The codes a request can be refused with. */
export const refusalCodes = (): string[] =>
  Object.keys(CATALOGUE)
    .filter((key) => !(key in OTHER_TEXTS || OTHERS.test(key)))
    .sort();

/** With which kind each code is refused, as the code says it; a code no line names is refused through `guard`: a rule. */
const kinds = (): Map<string, Set<RefusalKind>> => {
  const found = new Map<string, Set<RefusalKind>>();
  for (const file of globSync(['services/**/*.ts', 'shared/**/*.ts'], { cwd: ROOT })) {
    const source = readFileSync(join(ROOT, file), 'utf8');
    const refused = /(?:new Refusal\(\s*'([a-z-]+)',|\brefuse\()\s*'(\w[\w-]*\.[\w.-]+)'/g;
    for (const [, kind = 'rule', code = ''] of source.matchAll(refused)) {
      const known = found.get(code) ?? new Set();
      found.set(code, known.add(kind as RefusalKind));
    }
  }
  return found;
};

/** `errors.md`: every problem code, the status it comes with, and what people read. */
export const errors = (): string => {
  const known = kinds();
  const codes = refusalCodes();
  const unlisted = [...known.keys()].filter((code) => !codes.includes(code));
  if (unlisted.length > 0) throw new Error(`refused with, but not among the texts of refusals: ${unlisted.join(', ')}`);
  const statusOf = (code: string) => [...(known.get(code) ?? ['rule' as const])].map((kind) => STATUS[kind]).join(', ');
  const rows = codes.map((code) => {
    const { zh, en } = (CATALOGUE as Record<string, Message>)[code] as Message;
    return [`\`${code}\``, statusOf(code), zh, en];
  });
  return [
    '# Problems',
    '',
    'Every refusal is a problem document (RFC 9457) with one of these codes; `{…}` is filled in, and stands in `details`.',
    '',
    ...table(['code', 'status', '中文', 'English'], rows),
  ].join('\n');
};

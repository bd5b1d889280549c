import { createHash } from 'node:crypto';
import type { Refused } from '../../../../shared/http/route.ts';
import { isMessageKey, LANGUAGES, type Language, type MessageKey, say } from '../../../../shared/text/catalogue.ts';
import { escaped } from '../../../../shared/text/html.ts';
import { formatFen } from '../../../../shared/values/money.ts';
import { type DebtLine, type FeeLine, type FeeNotice, type MailedPaper, spanIn } from '../../documents/contract.ts';

const STYLE = `
:root{color-scheme:light dark;font:16px/1.6 system-ui,"Noto Sans SC","PingFang SC",sans-serif}
body{max-width:46rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
header{display:flex;flex-wrap:wrap;gap:1rem;align-items:baseline;justify-content:space-between}
h2{margin-top:2rem;border-bottom:1px solid}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;overflow-wrap:normal;border-bottom:1px solid #8883}
.fen{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
textarea{width:100%;min-height:7rem;box-sizing:border-box;font:inherit}
button{font:inherit;padding:.5rem 1.2rem;margin-top:.5rem}
`;
const sha256 = createHash('sha256').update(STYLE).digest('base64');

/** Nothing is loaded or run, the one form goes back here, and nobody else's page learns the address. */
export const LETTER_PAGE_HEADERS = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${sha256}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

/** What a payer sees behind the link of a letter: no name, no address. */
export interface LetterPage {
  paper: MailedPaper;
  token: string;
  /** For the form: what makes its question one, however often it is sent. */
  key: string;
}

const framed = (title: string, language: Language, body: string, header = ''): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body>
<header><h1>${escaped(title)}</h1>${header}</header>
<main>${body}</main></body></html>
`;

/** Columns of amounts, aligned as those are. */
const AMOUNTS: readonly MessageKey[] = ['paper.column.amount', 'page.open', 'page.late'];

/** The tables of a page, in its language. */
const tablesIn = (language: Language) => {
  const t = (name: MessageKey) => escaped(say(name, language));
  const fen = (amount: number) => `<td class="fen">${formatFen(amount)}</td>`;
  const table = (heads: MessageKey[], rows: string[]) =>
    `<div class="wide"><table><tr>${heads.map((head) => `<th${AMOUNTS.includes(head) ? ' class="fen"' : ''}>${t(head)}</th>`).join('')}</tr>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table></div>`;
  const bill = ({ unit, item, period }: Pick<FeeLine, 'unit' | 'item' | 'period'>) =>
    `<td>${escaped(unit)}</td><td>${escaped(item)} ${escaped(period)}</td>`;
  const text = (some: string) => `<td>${escaped(some)}</td>`;
  /** What is open; most sites charge nothing for being late, then nothing is said of it. */
  const debts = (some: readonly (DebtLine & { lateFen?: number })[]) => {
    const late = some.some(({ lateFen = 0 }) => lateFen !== 0);
    return table(
      ['page.unit', 'page.bill', 'page.due', 'page.open', ...(late ? (['page.late'] as const) : [])],
      some.map((one) => `${bill(one)}${text(one.dueDay)}${fen(one.openFen)}${late ? fen(one.lateFen ?? 0) : ''}`),
    );
  };
  const notice = ({ lines, offsets, arrears }: FeeNotice) =>
    table(
      ['page.unit', 'page.bill', 'paper.column.span', 'paper.column.quantity', 'paper.column.amount'],
      [
        ...lines.map(
          ({ days, quantity, amountFen, ...one }) =>
            `${bill(one)}${text(days ? spanIn(days.from, days.to, language) : '')}${text(quantity)}${fen(amountFen)}`,
        ),
        ...offsets.map(
          ({ amountFen, ...one }) => `${bill(one)}${text('')}${text(say('paper.offset', language))}${fen(amountFen)}`,
        ),
      ],
    ) + (arrears.length > 0 ? `<h3>${t('paper.arrears')}</h3>${debts(arrears)}` : '');
  return { debts, notice };
};

/** The page as HTML: what the letter said, how to pay, and a form to question it. No script. */
export const letterPage = ({ paper, token, key }: LetterPage, language: Language): string => {
  const t = (name: MessageKey, values = {}) => escaped(say(name, language, values));
  const { debts, notice } = tablesIn(language);
  const total = (amount: number) => `<p class="fen"><b>${t('page.total')} ${formatFen(amount)}</b></p>`;
  const said = paper.kind === 'fee-notice' ? notice(paper) : debts(paper.debts);
  const { complaintPhone, address } = paper.desk;
  const desk = [complaintPhone, address].filter((line) => line !== undefined);
  const other: Language = language === 'zh-CN' ? 'en' : 'zh-CN';
  return framed(
    say('page.title', language, { site: paper.site }),
    language,
    `<p>${t('page.sent', { number: paper.number, day: paper.issuedOn })}</p>
<h2>${t('page.said')}</h2>${said}${total(paper.totalFen)}<p>${t('page.as-sent')}</p>
${paper.howToPay.length > 0 ? `<h2>${t('page.how')}</h2><ul>${paper.howToPay.map((way) => `<li>${escaped(way)}</li>`).join('')}</ul>` : ''}
${desk.length > 0 ? `<h2>${t('page.desk')}</h2><p>${desk.map(escaped).join('<br>')}</p>` : ''}
<h2>${t('page.ask')}</h2>
<form method="post" action="/n/${escaped(token)}/question?lang=${language}"><input type="hidden" name="key" value="${escaped(key)}">
<label>${t('page.words')}<textarea name="words" maxlength="1000" required></textarea></label><button>${t('page.send')}</button></form>`,
    `<a href="?lang=${other}" lang="${other}" hreflang="${other}">${escaped(say('page.other', language))}</a>`,
  );
};

/** A sentence, and the way back to the letter where there is one. */
const shortPage = (title: string, text: string, language: Language, token?: string): string =>
  framed(
    title,
    language,
    `<p>${escaped(text)}</p>${token === undefined ? '' : `<p><a href="/n/${escaped(encodeURIComponent(token))}?lang=${language}">${escaped(say('page.back', language))}</a></p>`}`,
  );

/** What is said once the question has come. */
export const askedPage = (site: string, token: string, language: Language): string =>
  shortPage(say('page.title', language, { site }), say('page.asked', language), language, token);

/** What is said to whoever has a link that opens nothing, in both languages: nobody knows who they are. */
const endedPage = ({ problem: { code, details = {} }, language }: Refused): string => {
  const key = code === 'letter.link-ended' ? code : 'page.refused.link';
  const both = [language, ...LANGUAGES.filter((one) => one !== language)];
  const phone = details.phone ? `<p><b>${escaped(String(details.phone))}</b></p>` : '';
  const said = both.map((one) => `<p lang="${one}">${escaped(say(key, one, details))}</p>`).join('\n');
  return framed(both.map((one) => say('page.refused', one)).join(' / '), language, said + phone);
};

/** What is said to whoever has a link that opens nothing any more, or sent a question that can't be taken. */
export const refusedPage = (refused: Refused): string => {
  const { problem, language: browser, params, query } = refused;
  const language = LANGUAGES.find((one) => one === query.lang) ?? browser;
  if (problem.status === 404 || problem.status === 410) return endedPage({ ...refused, language });
  const known = isMessageKey(problem.code) ? say(problem.code, language, problem.details) : problem.title;
  const text = problem.status === 400 ? say('page.refused.question', language) : known;
  return shortPage(say('page.refused', language), text, language, params.token);
};

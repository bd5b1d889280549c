import { createHash } from 'node:crypto';
import type { Refused } from '../../../shared/http/route.ts';
import { formatFen, sumFen } from '../../../shared/money.ts';
import { isMessageKey, LANGUAGES, type Language, type MessageKey, say } from '../../../shared/text/catalogue.ts';
import { escaped } from '../../../shared/text/html.ts';
import { spanIn } from '../paper/compose/words.ts';
import type { Debt, FeeLine, FeeNotice, LateDebt, MailedPaper } from '../paper/model.ts';

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
export const PAGE_HEADERS = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${sha256}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

/** What a payer sees behind the link of a letter: no name, no address. */
export interface Shown {
  paper: MailedPaper;
  /** Open now, of the units the letter is about. */
  open: LateDebt[];
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
  const debts = (some: readonly (Debt & { lateFen?: number })[]) => {
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

/** The page as HTML: what the letter said, what is open now, how to pay, and a form to question it. No script. */
export const letterPage = ({ paper, open, token, key }: Shown, language: Language): string => {
  const t = (name: MessageKey, values = {}) => escaped(say(name, language, values));
  const { debts, notice } = tablesIn(language);
  const total = (amount: number) => `<p class="fen"><b>${t('page.total')} ${formatFen(amount)}</b></p>`;
  const said = paper.kind === 'fee-notice' ? notice(paper) : debts(paper.debts);
  const openFen = sumFen(open.flatMap(({ openFen, lateFen }) => [openFen, lateFen]));
  const { complaintPhone, address } = paper.desk;
  const desk = [complaintPhone, address].filter((line) => line !== undefined);
  const other: Language = language === 'zh-CN' ? 'en' : 'zh-CN';
  return framed(
    say('page.title', language, { site: paper.site }),
    language,
    `<p>${t('page.sent', { number: paper.number, day: paper.issuedOn })}</p>
<h2>${t('page.now')}</h2>${open.length === 0 ? `<p>${t('page.nothing')}</p>` : debts(open) + total(openFen)}
<h2>${t('page.said')}</h2>${said}${total(paper.totalFen)}
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

/** What is said to whoever has a link that is of nothing any more, or sent a question that can't be taken. */
export const refusedPage = ({ problem, language: browser, params, query }: Refused): string => {
  const language = LANGUAGES.find((one) => one === query.lang) ?? browser;
  const text = (): string => {
    if (problem.status === 404) return say('page.refused.link', language);
    if (problem.status === 400) return say('page.refused.question', language);
    return isMessageKey(problem.code) ? say(problem.code, language, problem.details) : problem.title;
  };
  return shortPage(say('page.refused', language), text(), language, problem.status === 404 ? undefined : params.token);
};

import { createHash } from 'node:crypto';
import type { Language, Message } from '../../shared/text/catalogue.ts';
import { escaped } from '../../shared/text/html.ts';
import { PORTAL } from '../../shared/text/portal.ts';
import { TERMS } from '../../shared/text/terms.ts';
import { curlOf } from './curl.ts';
import { type ApiDocument, answerOf, bodyOf, type DocumentedCall, operationsOf } from './document.ts';
import { type Field, fieldsOf, type Schema, typeOf, variantsOf } from './schema.ts';

const STYLE = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,"Noto Sans SC","PingFang SC",sans-serif}
body{max-width:60rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
header{display:flex;flex-wrap:wrap;gap:1rem;align-items:baseline;justify-content:space-between}
h2{margin-top:2.5rem;border-bottom:1px solid}
details{margin:.5rem 0;padding:.4rem .8rem;border:1px solid #8886;border-radius:.4rem}
summary{cursor:pointer}
summary code{font-weight:600}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #8883}
pre{overflow-x:auto;overflow-wrap:normal;padding:.6rem;background:#8882;border-radius:.4rem}
`;

const sha256 = createHash('sha256').update(STYLE).digest('base64');

/** Nothing is loaded, run, sent or framed; the one style is named by its hash. */
export const POLICY = `default-src 'none'; style-src 'sha256-${sha256}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** What stands between backticks is code. */
const prose = (text: string) => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

const TEXTS = { ...PORTAL, ...TERMS };

/** The page about the API: every call by service, what it takes and gives. Plain HTML, no script. */
export const page = (document: ApiDocument, language: Language): string => {
  const t = (key: keyof typeof TEXTS) => named(key, key);
  const named = (key: string, otherwise: string) =>
    escaped((TEXTS as Record<string, Message>)[key]?.[language === 'zh-CN' ? 'zh' : 'en'] ?? otherwise);

  const fieldTable = (fields: readonly Field[]) =>
    fields.length === 0
      ? `<p>${t('nothing')}</p>`
      : `<table><tr><th>${t('field')}</th><th>${t('type')}</th><th>${t('about')}</th></tr>${fields
          .map(
            ({ name, type, required, about }) =>
              `<tr><td><code>${escaped(name)}</code></td><td>${typeLink(type)}</td><td>${
                required ? '' : `<i>${t('optional')}</i> `
              }${prose(about)}</td></tr>`,
          )
          .join('')}</table>`;

  const typeLink = (type: string) => {
    const shape = type.replace(/\[\]$/, '');
    return shape in document.components.schemas ? `<a href="#${escaped(shape)}">${escaped(type)}</a>` : escaped(type);
  };

  const shapeTable = (schema: Schema) => (schema.$ref ? typeLink(typeOf(schema)) : fieldTable(fieldsOf(schema)));

  const who = (call: DocumentedCall) => {
    const may = call['x-who'];
    if (may === 'everybody') return t('everybody');
    return may === 'staff' ? t('staff') : may.map((role) => named(`role.${role}`, role)).join(', ');
  };

  const sends = (body: Schema) => {
    const variants = variantsOf(body);
    const heading = t(variants.length > 1 ? 'sends-one' : 'sends');
    return `<h4>${heading}</h4>${variants.map(shapeTable).join('<hr>')}`;
  };

  const call = (one: DocumentedCall) => {
    const parameters = (one.parameters ?? []).map(({ name, schema, required = false, description = '' }) => ({
      name,
      type: typeOf(schema),
      required,
      about: description,
    }));
    const body = bodyOf(one);
    const { type, schema } = answerOf(one);
    return `<details id="${escaped(one.operationId)}"><summary><code>${one.method} ${escaped(one.path)}</code><br>${prose(one.summary)}</summary>
<p><b>${t('who')}:</b> ${who(one)}</p>
${parameters.length > 0 ? `<h4>${t('parameters')}</h4>${fieldTable(parameters)}` : ''}
${body ? sends(body) : ''}
<h4>${t('gets')}</h4>${type === 'application/json' ? shapeTable(schema) : escaped(type)}
<h4>${t('example')}</h4><pre>${escaped(curlOf(one))}</pre></details>`;
  };

  const other: Language = language === 'zh-CN' ? 'en' : 'zh-CN';
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${t('title')}</title><style>${STYLE}</style></head><body>
<header><h1>${t('title')}</h1><a href="?lang=${other}" lang="${other}" hreflang="${other}">${t('other')}</a></header>
<main><p>${t('intro')}</p><p><a href="/openapi.json">${t('document')}</a></p>
<h2>${t('begin')}</h2><ul>${(['sign-in', 'key', 'lists', 'problems', 'variables'] as const)
    .map((line) => `<li>${t(line)}</li>`)
    .join('')}</ul>
${document.tags
  .map(
    ({ name }) =>
      `<h2 id="${escaped(name)}">${named(`service.${name}`, name)}</h2>${operationsOf(document, name).map(call).join('')}`,
  )
  .join('\n')}
<h2>${t('shapes')}</h2>${Object.entries(document.components.schemas)
    .map(
      ([name, schema]) =>
        `<details id="${escaped(name)}"><summary><code>${escaped(name)}</code></summary>${variantsOf(schema).map(shapeTable).join('<hr>')}</details>`,
    )
    .join('')}
</main></body></html>
`;
};

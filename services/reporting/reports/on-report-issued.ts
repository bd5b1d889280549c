import { inParallel } from '../../../shared/aws/many.ts';
import { MailRefused } from '../../../shared/aws/ses.ts';
import { linkSeal } from '../../../shared/http/link.ts';
import type { claimsIn } from '../../../shared/journal/claims.ts';
import { consumerFor } from '../../../shared/lambda/bus.ts';
import { log } from '../../../shared/lambda/log.ts';
import type { Block, Composed } from '../../../shared/paper/block.ts';
import { mailed } from '../../../shared/paper/mail.ts';
import { printed } from '../../../shared/paper/pdf.ts';
import type { Holder } from '../../../shared/people/access.ts';
import type { Position, Role } from '../../../shared/people/positions.ts';
import { type Language, say } from '../../../shared/text/catalogue.ts';
import { type Clock, DAY } from '../../../shared/time/clock.ts';
import { dayOf } from './compose/compose.ts';
import { reportIssued } from './events.ts';
import { type ReadDeps, readReport } from './read.ts';
import type { SendReport } from './ses.ts';
import { GROUP } from './sources.ts';
import { putReportLink, type ReportLink } from './store.ts';

export type ReportMailState = 'due' | 'sending' | 'sent' | 'refused' | 'no-address';

export interface MailDeps extends ReadDeps {
  claims: ReturnType<typeof claimsIn<ReportMailState>>;
  /** Who holds a position at a site, or (`*`) for the group. */
  roster(site: string, position: Position): Promise<Holder[]>;
  send: SendReport;
  /** What nobody can guess: makes a link. */
  token(): string;
  /** Where links lead. */
  apiUrl: string;
  clock: Clock;
}

/** A link opens its report for so long. */
export const LINK_DAYS = 400;

/** Positions that a report goes to: the first of each line whose holder can be mailed. */
const FOR_SITE: Position['role'][][] = [['site-director', 'centre-manager', 'group-manager', 'administrator']];
const FOR_GROUP: Position['role'][][] = [['group-manager', 'administrator'], ['quality-manager']];

/** Whom a report is for, and as what. */
type Recipient = Holder & Pick<ReportLink, 'sitePosition'>;

/** Whoever a report is for, each once. */
const recipients = async ({ roster }: MailDeps, site: string): Promise<Recipient[]> => {
  const found = new Map<string, Recipient>();
  const withSitePosition = async (at: string, role: Role): Promise<Recipient[]> =>
    (await roster(at, { role })).map((one) => ({ ...one, sitePosition: { site: at, role } }));
  for (const line of site === GROUP ? FOR_GROUP : FOR_SITE) {
    for (const role of line) {
      const people = [
        ...(site === GROUP ? [] : await withSitePosition(site, role)),
        ...(await withSitePosition(GROUP, role)),
      ];
      for (const one of people) found.set(one.staff, one);
      if (people.some(({ email }) => email !== undefined)) break;
    }
  }
  return [...found.values()];
};

/** What a mail says: how the period went, in words and figures; the rest is in the PDF with it and behind its link. */
const letter = (document: Composed, url: string): Composed => ({
  ...document,
  blocks: [{ block: 'link', text: say('report.open', document.language), url }, ...document.blocks] satisfies Block[],
});

/** Mails at once. */
const WIDTH = 2;

/**
 * In: a report was issued. Out: a mail of it, with the PDF, to the site's director or the group's managers, each once per
 * edition, in their language. Claims, sends, settles (shared/journal/claims.ts).
 */
export const onReportIssued = consumerFor<MailDeps>()({
  name: 'reports-on-report-issued',
  events: [reportIssued],
  async handle({ site, data }, deps) {
    const { claims, reports, clock, token, apiUrl, send } = deps;
    const { period, edition } = data;
    const people = await recipients(deps, site);
    const report = await readReport(deps, { site, period, issued: data });
    const documents = new Map<Language, Promise<{ document: Composed; bytes: Uint8Array }>>();
    const inLanguage = (language: Language) => {
      const known = documents.get(language);
      if (known) return known;
      const document = report.in(language);
      const made = printed([document], dayOf(report.content)).then(({ bytes }) => ({ document, bytes }));
      documents.set(language, made);
      return made;
    };
    const mailTo = async ({ staff, email, language, sitePosition }: Recipient) => {
      const key = { pk: `${site}#mail#${period}#${edition}`, sk: staff };
      await claims.offer(key, email === undefined ? 'no-address' : 'due');
      const claim = await claims.claim<{ mail: ReportMailState }>(key, clock());
      if (claim === 'busy') throw new Error('another mailer has it');
      if (claim === 'done' || email === undefined) return;
      const { document, bytes } = await inLanguage(language);
      const secret = token();
      const since = clock();
      const sent = { staff, sitePosition, seal: linkSeal(secret, email) };
      await putReportLink(reports, secret, { site, period, edition, since, until: since + LINK_DAYS * DAY, ...sent });
      const url = `${apiUrl}/r/${secret}?lang=${language}`;
      try {
        const pdf = { name: `${document.number}.pdf`, bytes };
        const id = await send({ to: email, ...mailed(letter(document, url)), pdf });
        await claims.settle(key, 'sent', clock(), id);
        log('HY-MAI-1', { item: document.number, staff, mail: id });
      } catch (error) {
        if (!(error instanceof MailRefused)) throw error;
        log('HY-MAI-2', { item: document.number, staff });
        await claims.settle(key, 'refused', clock());
      }
    };
    await inParallel(people, WIDTH, mailTo);
  },
});

import type { Composed } from '../../../shared/paper/block.ts';
import type { PersonalReader } from '../../../shared/people/personal.ts';
import type { Language } from '../../../shared/text/catalogue.ts';
import { documentOf } from './compose/compose.ts';
import type { Content } from './content.ts';
import { GROUP } from './sources.ts';
import { type Reports, readContent } from './store.ts';

export interface ReadDeps {
  reports: Reports;
  personal: PersonalReader;
}

/** The texts of improvements in a report that still exist, by reference; each site's lie with the site. */
export const textsOf = async ({ personal }: ReadDeps, { improvements }: Content): Promise<Map<string, string>> => {
  const bySite = Map.groupBy(improvements.lines, ({ site }) => site);
  const found = await Promise.all(
    [...bySite].map(([site, lines]) =>
      personal.read(
        site,
        lines.flatMap(({ words, said }) => [words, ...(said ? [said.words] : [])]),
      ),
    ),
  );
  return new Map(found.flatMap((some) => [...some]));
};

/**
 * An edition of a report in words, as it is printed, mailed and shown.
 * @param open for whoever has a link: without what people wrote
 */
export const readReport = async (
  deps: ReadDeps,
  { site, period, issued }: { site: string; period: string; issued: { edition: number; hash: string } },
  open = false,
): Promise<{ content: Content; in: (language: Language) => Composed }> => {
  const content = await readContent(deps.reports, site, period, issued);
  const texts = open ? undefined : await textsOf(deps, content);
  const number = `${site === GROUP ? 'group' : site}-${period}-${issued.edition}`;
  const edition = { number, edition: issued.edition, ...(texts ? { texts } : {}) };
  return { content, in: (language) => documentOf(content, edition, language) };
};

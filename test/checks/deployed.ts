import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesOf } from '../support/entries.ts';
import { ROOT } from './services.ts';

/** What is deployed is documented: every alarm, function and source of dead letters of the synthesized templates has its heading, every route its description. */

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  Metadata?: { Sources?: Record<string, string> };
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const resources = globSync('cdk.out/*.template.json', { cwd: ROOT })
  .sort()
  .flatMap((file) => Object.values((JSON.parse(read(file)) as { Resources: Record<string, Resource> }).Resources));
const propertiesOf = (type: string, name: string) =>
  resources.filter(({ Type }) => Type === type).map(({ Properties }) => String(Properties[name]));

/** A heading's anchor as GitHub makes it. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** The sections of a runbook, `file#anchor` → text in one line. */
const sectionsOf = (file: string): [string, string][] =>
  read(file)
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = ''] = section.split('\n', 1);
      return [`${file}#${anchor(heading)}`, section.replaceAll(/\s+/g, ' ')];
    });

const faults: string[] = [];

const sections = new Map(globSync('docs/runbooks/*.md', { cwd: ROOT }).sort().flatMap(sectionsOf));
const linked = new Set<string>();
/** What is deployed has a section of a runbook, which says what that means for people as the template does. */
const expectSection = (link: string, says: string) => {
  linked.add(link);
  const section = sections.get(link);
  if (!section) faults.push(`no heading ${link || 'at all'} for: ${says}`);
  else if (!section.includes(says)) faults.push(`${link} does not say what the template says: ${says}`);
};
const alarms = propertiesOf('AWS::CloudWatch::Alarm', 'AlarmDescription');
if (alarms.length === 0) faults.push('cdk.out has no alarms: run npm run synth first');
for (const alarm of alarms) {
  const [, says = '', link = ''] = /^(.*) Runbook: (\S+)/.exec(alarm) ?? [];
  expectSection(link, says);
}
for (const { Type, Properties, Metadata } of resources) {
  const { Variables: { FUNCTION = '' } = {} } = (Properties?.Environment ?? {}) as {
    Variables?: { FUNCTION?: string };
  };
  if (Type === 'AWS::Lambda::Function')
    expectSection(`docs/runbooks/functions.md#${FUNCTION}`, String(Properties.Description));
  for (const [heading, says] of Object.entries(Metadata?.Sources ?? {}))
    expectSection(`docs/runbooks/dead-letters.md#${heading}`, says);
}
for (const [link, section] of sections) {
  if (!linked.has(link) && !section.includes('<!-- about all -->'))
    faults.push(`${link} is about nothing that is deployed`);
}

const { paths } = JSON.parse(read('docs/generated/openapi.json')) as { paths: Record<string, Record<string, unknown>> };
const described = Object.entries(paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
);
const deployed = propertiesOf('AWS::ApiGatewayV2::Route', 'RouteKey');
const reached = new Set(described.flatMap(entriesOf));
for (const route of deployed) if (!reached.has(route)) faults.push(`deployed, not described: ${route}`);
for (const route of described) {
  if (!entriesOf(route).some((entry) => deployed.includes(entry))) faults.push(`described, not deployed: ${route}`);
}

for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

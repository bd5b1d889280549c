import * as z from 'zod';
import { fieldsOf, type Schema } from '../../../services/portal/schema.ts';
import { type EventDef, envelopeSchema } from '../../../shared/domain/events.ts';
import type { Service } from '../services.ts';
import { withoutNoise } from './json-schema.ts';
import { table } from './markdown.ts';

/** Who reacts to an event, beyond the figures, which read every journal's stream. */
const consumersOf = (services: readonly Service[], name: string): string[] =>
  services.flatMap(({ consumers }) =>
    consumers.filter(({ events }) => events.some((event) => event.name === name)).map((consumer) => consumer.name),
  );

interface Parts {
  $defs?: Record<string, Schema>;
}

const schemaOf = (type: z.ZodType): Schema & Parts => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: 'output', override: withoutNoise });
  return schema as Schema & Parts;
};

const section = (services: readonly Service[], { name, about, data }: EventDef): string[] => {
  const fields = fieldsOf(schemaOf(data));
  const heard = consumersOf(services, name).map((consumer) => `\`${consumer}\``);
  return [
    `### ${name}`,
    '',
    about,
    '',
    `Heard by: ${heard.join(', ') || 'nobody on the bus'}.`,
    '',
    ...(fields.length === 0
      ? ['No data.']
      : table(
          ['field', 'type', '', 'what'],
          fields.map((f) => [`\`${f.name}\``, f.type, f.required ? '' : 'optional', f.about]),
        )),
    '',
  ];
};

/** `events.md`: the event catalogue, for people. */
export const eventsPage = (services: readonly Service[]): string =>
  [
    '# Events',
    '',
    'What the services publish, each declared in its `events.ts`. Every event travels in this envelope; it arrives at least',
    'once and in any order, `version` is its place in the journal of its aggregate. Free text, names and numbers are never in',
    'an event: it carries a reference and a hash (see ADR 0001). Instants are milliseconds since the Unix epoch.',
    '',
    ...table(
      ['field', 'type'],
      fieldsOf(schemaOf(envelopeSchema)).map((f) => [`\`${f.name}\``, f.type]),
    ),
    '',
    ...services
      .filter(({ events }) => events.length > 0)
      .flatMap(({ name, events }) => [`## ${name}`, '', ...events.flatMap((event) => section(services, event))]),
  ].join('\n');

/** `events.json`: the same for programs, a JSON Schema each. */
export const eventsJson = (services: readonly Service[]) => {
  let shared: Record<string, Schema> = {};
  const all = services.flatMap(({ name: service, events }) =>
    events.map(({ name, about, data }) => {
      const { $defs = {}, ...schema } = schemaOf(data);
      shared = { ...shared, ...$defs };
      return [name, { about, service, consumers: consumersOf(services, name), data: schema }] as const;
    }),
  );
  return { envelope: schemaOf(envelopeSchema), events: Object.fromEntries(all), $defs: shared };
};

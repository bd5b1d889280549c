import type { EventDef } from '../domain/events.ts';

/** Whether the bus delivers an event to a consumer, as its rules say. */
export const isFor = (
  { events, having = {} }: { events: readonly EventDef[]; having?: Readonly<Record<string, string>> },
  { name, data }: { name: string; data: unknown },
): boolean => {
  const field = having[name];
  return (
    events.some((one) => one.name === name) &&
    (field === undefined || (data as Record<string, unknown>)[field] !== undefined)
  );
};

import { DEFAULT_POLICY } from '../../../shared/policy/policy.ts';
import { compared, type Figures, MEASURE_IDS } from '../figures/contract.ts';
import type { Content } from './content.ts';

/**
 * What is kept of a report outlives the code that wrote it: fields are only added, a section that is new is optional, and a
 * measure that wasn't counted then reads as one of no cases. `fixtures/` holds what was kept by every version; it has to
 * read for ever (serialized.test.ts). A change that can't keep to that is a new `v`, with a reader of the old one here.
 */
export const deserialize = (text: string): Content => {
  const kept = JSON.parse(text) as Content;
  if (kept.v !== 1) throw new Error(`a report kept as version ${kept.v} can't be read`);
  const figures = Object.fromEntries(
    MEASURE_IDS.map((id) => [id, kept.figures[id] ?? compared(id, {}, {}, DEFAULT_POLICY)]),
  ) as Figures<Content['figures']['Q1']>;
  return { ...kept, figures };
};

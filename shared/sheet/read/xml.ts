import { Parser } from 'saxen';
import { unreadable } from './faults.ts';

/** An attribute by its name, `` when absent. */
export type Attribute = (name: string) => string;
/** What is done with the elements of a part, by their names without prefix: what writes workbooks chooses its own prefixes. */
export interface Heard {
  opened?(name: string, attribute: Attribute): void;
  text?(text: string): void;
  /** @returns 'enough' to hear no more */
  closed?(name: string): 'enough' | undefined;
}

/** What any element of a workbook has less of: attributes, characters of one that is asked for, and elements around it. */
export const ATTRIBUTES_MAX = 64;
export const VALUE_MAX = 4_096;
export const DEPTH_MAX = 64;
/** Elements of a part: more than fit into what a workbook may unpack to, as programs write them. */
export const ELEMENTS_MAX = 2_000_000;

const bare = (name: string) => name.slice(name.indexOf(':') + 1);
const noAttributes: Record<string, string> = {};

/**
 * Reads a part's XML once from its beginning, keeping nothing of it. Attributes are looked at only where they are asked for; nothing is
 * declared in it (a DOCTYPE), so that nothing stands for more than it is long.
 * @throws Refusal import.unreadable, for what no spreadsheet writes as well
 */
export const readXml = (part: Uint8Array | undefined, { opened, text, closed }: Heard): void => {
  if (!part) return;
  const parser = new Parser();
  let broken = false;
  let depth = 0;
  let elements = 0;
  const stop = () => {
    broken = true;
    parser.stop();
  };
  parser.on('error', stop).on('attention', stop);
  parser.on('openTag', (name, attributes, decode) => {
    depth += 1;
    elements += 1;
    if (depth > DEPTH_MAX || elements > ELEMENTS_MAX) return stop();
    let all: Record<string, string> | undefined;
    opened?.(bare(name), (wanted) => {
      all ??= attributesOf(attributes);
      const found = all[wanted];
      if (found !== undefined && found.length > VALUE_MAX) throw unreadable();
      return found === undefined ? '' : decode(found);
    });
  });
  if (text) parser.on('text', (said, decode) => text(decode(said))).on('cdata', text);
  parser.on('closeTag', (name) => {
    depth -= 1;
    if (closed?.(bare(name)) === 'enough') parser.stop();
  });
  parser.parse(new TextDecoder().decode(part));
  if (broken) throw unreadable();
};

/** @throws Refusal where there are more than anybody writes */
const attributesOf = (attributes: () => Record<string, string> | false): Record<string, string> => {
  const all = attributes() || noAttributes;
  if (Object.keys(all).length > ATTRIBUTES_MAX) throw unreadable();
  return all;
};

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

const bare = (name: string) => name.slice(name.indexOf(':') + 1);
const noAttributes: Record<string, string> = {};

/**
 * Reads a part's XML once from its beginning, keeping nothing of it. Attributes are looked at only where they are asked for, in
 * time that grows with their number.
 * @throws Refusal import.unreadable
 */
export const readXml = (part: Uint8Array | undefined, { opened, text, closed }: Heard): void => {
  if (!part) return;
  const parser = new Parser();
  let broken = false;
  parser.on('error', () => {
    broken = true;
  });
  if (opened) {
    parser.on('openTag', (name, attributes, decode) =>
      opened(bare(name), (wanted) => {
        const all = attributes() || noAttributes;
        const found = all[wanted];
        return found === undefined ? '' : decode(found);
      }),
    );
  }
  if (text) parser.on('text', (said, decode) => text(decode(said))).on('cdata', text);
  if (closed) {
    parser.on('closeTag', (name) => {
      if (closed(bare(name)) === 'enough') parser.stop();
    });
  }
  parser.parse(new TextDecoder().decode(part));
  if (broken) throw unreadable();
};

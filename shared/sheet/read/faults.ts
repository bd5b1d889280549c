import { Refusal } from '../../domain/refusal.ts';

export const unreadable = (line = 1) =>
  new Refusal('invalid', 'import.unreadable', { line }, [
    { field: 'body.content', rule: 'import.unreadable', details: { line } },
  ]);
export const notASheet = () =>
  new Refusal('invalid', 'import.not-a-sheet', {}, [{ field: 'body.content', rule: 'import.not-a-sheet' }]);

export const startsWith = (bytes: Uint8Array, magic: number[]) => magic.every((byte, i) => bytes[i] === byte);

/** Calls of which AWS takes a part only: every other part is left over, the first among them, and the answer says which. */
import { type Answer, JSON_TYPE } from './answer.ts';
import { throttled } from './faults.ts';
import type { AwsRequest } from './request.ts';

type Fields = Record<string, unknown>;
/** A part of a call, and whether it is taken. */
interface Part {
  table: string;
  part: Fields;
  taken: boolean;
}

/** Parts by their tables, as batches name them. */
const byTable = <T>(parts: readonly Part[], named: (table: string, parts: Fields[]) => T): Record<string, T> =>
  Object.fromEntries(
    [...Map.groupBy(parts, ({ table }) => table)].map(([table, of]) => [
      table,
      named(
        table,
        of.map(({ part }) => part),
      ),
    ]),
  );

interface Divided {
  parts: Part[];
  /** What the call asks of some of its parts. */
  body(parts: readonly Part[]): Fields;
  /** What the answer says of all, given that of those that were taken. */
  answer(given: Fields): Fields;
  /** Whether AWS refuses the call when it takes none of it. */
  allOrThrottled?: true;
}

/** Whether the part at this place, of so many, is taken. */
export type IsTaken = (place: number, of: number) => boolean;
const everyOther: IsTaken = (place) => place % 2 === 1;

function entriesOf(
  body: Fields,
  divide: (parts: readonly Omit<Part, 'taken'>[]) => Part[],
  failure: (part: Fields) => Fields,
): Pick<Divided, 'parts' | 'body'> & { failed: Fields[] } {
  const parts = divide((body.Entries as Fields[]).map((part) => ({ table: '', part })));
  const failed = parts.filter(({ taken }) => !taken).map(({ part }) => failure(part));
  return { parts, failed, body: (some) => ({ ...body, Entries: some.map(({ part }) => part) }) };
}

/** @throws Error for a call that is taken as a whole or not at all */
export function divided({ action, body }: Pick<AwsRequest, 'action' | 'body'>, isTaken: IsTaken = everyOther): Divided {
  const divide = (parts: readonly Omit<Part, 'taken'>[]) =>
    parts.map((one, i) => ({ ...one, taken: isTaken(i, parts.length) }));
  const requests = Object.entries((body.RequestItems ?? {}) as Record<string, Fields>);
  switch (action) {
    case 'PutEvents': {
      const failure = { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' };
      const { failed, ...rest } = entriesOf(body, divide, () => failure);
      const answer = ({ Entries = [] }: Fields) => {
        const done = [...(Entries as Fields[])];
        return {
          FailedEntryCount: failed.length,
          Entries: rest.parts.map(({ taken }) => (taken ? done.shift() : failure)),
        };
      };
      return { ...rest, answer };
    }
    case 'SendMessageBatch': {
      const { failed, ...rest } = entriesOf(body, divide, ({ Id }) => ({
        Id,
        SenderFault: false,
        Code: 'InternalError',
        Message: 'injected: not taken',
      }));
      const answer = ({ Successful = [], Failed = [] }: Fields) => ({
        Successful,
        Failed: [...failed, ...(Failed as Fields[])],
      });
      return { ...rest, answer };
    }
    case 'BatchGetItem': {
      const of = new Map(requests);
      const parts = divide(
        requests.flatMap(([table, asked]) => (asked.Keys as Fields[]).map((part) => ({ table, part }))),
      );
      const asking = (some: readonly Part[]) => byTable(some, (table, Keys) => ({ ...of.get(table), Keys }));
      return {
        parts,
        body: (some) => ({ ...body, RequestItems: asking(some) }),
        answer: ({ Responses }) => ({
          Responses: { ...byTable(parts, () => []), ...(Responses as Fields) },
          UnprocessedKeys: asking(parts.filter(({ taken }) => !taken)),
        }),
        allOrThrottled: true,
      };
    }
    case 'BatchWriteItem': {
      const all = requests.flatMap(([table, writes]) =>
        (writes as unknown as Fields[]).map((part) => ({ table, part })),
      );
      const parts = divide(all);
      const writing = (some: readonly Part[]) => byTable(some, (_, writes) => writes);
      return {
        parts,
        body: (some) => ({ ...body, RequestItems: writing(some) }),
        answer: () => ({ UnprocessedItems: writing(parts.filter(({ taken }) => !taken)) }),
        allOrThrottled: true,
      };
    }
    default:
      throw new Error(`${action} has no parts`);
  }
}

/** Carries a call out in part, and answers as AWS does of parts that it didn't take. @throws AwsError as AWS of a batch none of which it takes */
export async function inPart(request: AwsRequest, handle: (request: AwsRequest) => Promise<Answer>): Promise<Answer> {
  const { parts, body, answer, allOrThrottled } = divided(request);
  const taken = parts.filter((part) => part.taken);
  if (taken.length === 0) {
    if (allOrThrottled) throw throttled(request).error;
    return { status: 200, contentType: JSON_TYPE, body: JSON.stringify(answer({})) };
  }
  const rest = body(taken);
  const done = await handle({ ...request, body: rest, raw: Buffer.from(JSON.stringify(rest)) });
  if (done.status !== 200) return done;
  return { ...done, body: JSON.stringify(answer(JSON.parse(String(done.body)) as Fields)) };
}

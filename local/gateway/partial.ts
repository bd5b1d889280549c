/** Calls of which AWS takes a part only: what is left over of each, and how its answer says so. */
import { type Answer, JSON_TYPE } from './answer.ts';
import type { AwsRequest } from './request.ts';

type Fields = Record<string, unknown>;
interface Parts {
  /** The call without its first part; undefined where it has no other. */
  rest: Fields | undefined;
  /** What the answer says once the first part is left over. */
  answer(given: Fields): Fields;
}

/** @throws Error for a call that is taken as a whole or not at all */
function partsOf({ action, body }: AwsRequest): Parts {
  const [first, ...others] = (body.Entries ?? []) as Fields[];
  const rest = others.length > 0 ? { ...body, Entries: others } : undefined;
  switch (action) {
    case 'PutEvents': {
      const failed = { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' };
      const answer = ({ Entries = [] }: Fields) => ({
        FailedEntryCount: 1,
        Entries: [failed, ...(Entries as Fields[])],
      });
      return { rest, answer };
    }
    case 'SendMessageBatch': {
      const failed = { Id: first?.Id, SenderFault: false, Code: 'InternalError', Message: 'injected: not taken' };
      const answer = ({ Successful = [], Failed = [] }: Fields) => ({
        Successful,
        Failed: [failed, ...(Failed as Fields[])],
      });
      return { rest, answer };
    }
    case 'BatchGetItem': {
      const [[table, asked] = ['', {}], ...tables] = Object.entries(body.RequestItems as Record<string, Fields>);
      const [key, ...keys] = asked.Keys as Fields[];
      const left = { ...(keys.length > 0 ? { [table]: { ...asked, Keys: keys } } : {}), ...Object.fromEntries(tables) };
      return {
        rest: Object.keys(left).length > 0 ? { ...body, RequestItems: left } : undefined,
        answer: ({ Responses = { [table]: [] } }) => ({
          Responses,
          UnprocessedKeys: { [table]: { ...asked, Keys: [key] } },
        }),
      };
    }
    default:
      throw new Error(`${action} has no parts`);
  }
}

/** Carries a call out without its first part, and answers as AWS does of a part that it didn't take. */
export async function inPart(request: AwsRequest, handle: (request: AwsRequest) => Promise<Answer>): Promise<Answer> {
  const { rest, answer } = partsOf(request);
  const done = rest && (await handle({ ...request, body: rest, raw: Buffer.from(JSON.stringify(rest)) }));
  if (done && done.status !== 200) return done;
  const given = done ? (JSON.parse(String(done.body)) as Fields) : {};
  return { status: 200, contentType: done?.contentType ?? JSON_TYPE, body: JSON.stringify(answer(given)) };
}

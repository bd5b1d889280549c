import { type DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import type { Said } from './api-caller.ts';

/** Tables that can be asked what would be written: while `dry`, nothing is. */
export const dryRunOver = (doc: DynamoDBDocumentClient) => {
  const run = { dry: false };
  const send = (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
    if (run.dry && command instanceof TransactWriteCommand) throw new Error('it would be written');
    return run.dry && command instanceof PutCommand ? Promise.resolve({}) : doc.send(command as never);
  };
  return Object.assign(run, { doc: { send } as unknown as DynamoDBDocumentClient });
};

/** A command as somebody may send it; one that needs no words has no body that is wrong. */
export interface Sendable {
  do: string;
  body(who: string): object;
  wrong?: object;
}

/**
 * Holds what a sheet says can be done against what the API takes: for each person, each command rightly said is taken exactly where it may
 * be, and refused with the very code otherwise; wrongly said it is taken from nobody.
 * @returns the commands that may be given, for one of them to be
 */
export const holdsToActions = async (
  call: (who: string, request: string, body?: unknown) => Promise<Said>,
  {
    run,
    path,
    people,
    commands,
  }: { run: { dry: boolean }; path: string; people: readonly string[]; commands: readonly Sendable[] },
): Promise<{ who: string; command: Sendable }[]> => {
  const open: { who: string; command: Sendable }[] = [];
  for (const who of people) {
    const { actions } = (await call(who, `GET ${path}`)).body;
    expect(new Set(actions.map((one: { do: string }) => one.do))).toEqual(new Set(commands.map((one) => one.do)));
    run.dry = true;
    for (const command of commands) {
      const action = actions.find((one: { do: string }) => one.do === command.do);
      const { status, body } = await call(who, `POST ${path}/${command.do}`, command.body(who));
      const taken = status === 500 || status === 200;
      expect({ who, do: command.do, may: taken, ...(taken ? {} : { why: body.code }) }).toEqual({
        who,
        do: command.do,
        may: action.may,
        ...(action.may ? {} : { why: action.why }),
      });
      if (command.wrong)
        expect((await call(who, `POST ${path}/${command.do}`, command.wrong)).status).toBeGreaterThan(399);
      if (taken) open.push({ who, command });
    }
    run.dry = false;
  }
  return open;
};

import { runNow } from '../lambda/run.ts';

/**
 * An AWS client whose calls are aborted when the function's time is nearly up: what would come of them could be neither recorded
 * nor told any more, and whatever else is under way can still be brought to its end.
 */
export const timely = <C extends object>(client: C): C => {
  const { send } = client as { send: (command: unknown, options?: object) => Promise<unknown> };
  return Object.assign(client, {
    send: (command: unknown, options?: object) =>
      send.call(client, command, { abortSignal: runNow()?.signal, ...options }),
  });
};

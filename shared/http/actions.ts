import { forbidden, type Refusal } from '../domain/refusal.ts';
import type { Current } from '../journal/aggregate.ts';
import type { Actor } from '../people/access.ts';
import { type Language, say } from '../text/catalogue.ts';
import type { Instant } from '../time/clock.ts';
import type { ActionsOf } from './actions-out.ts';
import type { Route } from './route.ts';
import { isAllowed, whoMay } from './who.ts';

const open = { may: true };
const shut = ({ code, details }: Refusal, language: Language) => ({
  may: false,
  why: code,
  says: say(code, language, details),
});

/** @param commands those on the case, each named by what follows the case's path */
export const actionsOf =
  <Deps>(
    commands: readonly (readonly [name: string, Route<Deps>])[],
    deps: Deps,
    { actor, now, language }: { actor: Actor; now: Instant; language: Language },
  ): ActionsOf =>
  (current) => {
    // How the case stands now is worked out once for all of them.
    let known: Promise<Current<never>> | undefined;
    const standing = (read: () => Promise<Current<never>>) => {
      known ??= read();
      return known;
    };
    return Promise.all(
      commands.map(async ([name, route]) => {
        const refusal = isAllowed(route, actor)
          ? await route.may?.({ current: current as Current<never>, standing, actor, now }, deps)
          : forbidden(whoMay(route));
        return { do: name, ...(refusal ? shut(refusal, language) : open) };
      }),
    );
  };

/** The commands on the case that a route reads or acts on, out of all that the same function serves. */
export const commandsOn = <Deps>(
  { path }: Pick<Route<Deps>, 'path'>,
  routes: readonly Route<Deps>[],
): (readonly [name: string, Route<Deps>])[] => {
  const of = /^.*\{(?!site\})\w+\}/.exec(path)?.[0];
  return routes.flatMap((route) =>
    of !== undefined && route.may && route.path.startsWith(`${of}/`) ? [[route.path.slice(of.length + 1), route]] : [],
  );
};

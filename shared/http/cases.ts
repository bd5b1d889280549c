import * as z from 'zod';
import type { TransactItem } from '../aws/transact-item.ts';
import type { EventDef, NewEvent } from '../domain/events.ts';
import type { IdKind, Random } from '../domain/ids.ts';
import type { Obligation } from '../domain/obligation.ts';
import { invalid, notFound, type Refusal } from '../domain/refusal.ts';
import type { Current, Published } from '../journal/aggregate.ts';
import {
  type Admits,
  command,
  contextUnder,
  type Refs,
  type Situation,
  type Texts,
  type Under,
} from '../journal/command.ts';
import type { May } from '../journal/decision.ts';
import { execute, fallenBy } from '../journal/execute.ts';
import type { Journal } from '../journal/journal.ts';
import type { LimitName } from '../journal/limit.ts';
import type { Access, Actor } from '../people/access.ts';
import type { PersonalReader } from '../people/personal.ts';
import type { Caller } from '../people/positions.ts';
import type { Policies } from '../policy/policies.ts';
import type { Clock, Instant } from '../time/clock.ts';
import { actionsOut } from './actions-out.ts';
import { type Input, type Route, routesFor } from './route.ts';
import { idParam, siteParam } from './schemas.ts';

/** What every service of cases stands on. */
export interface CaseDeps {
  policies: Policies;
  personal: PersonalReader;
  access: Access;
  clock: Clock;
  random: Random;
}

/** What commands on a case answer, once for each kind: a schema of the API's document has a name of its own. */
const answers = new WeakMap<z.ZodObject, z.ZodObject>();
const actedOf = (answer: z.ZodObject): z.ZodObject => {
  const acted = answers.get(answer) ?? answer.extend({ actions: actionsOut }).meta({ id: `${answer.meta()?.id}Acted` });
  answers.set(answer, acted);
  return acted;
};

/**
 * The commands on one kind of case, each declared in one breath: who may, what they send, which of it is erasable text,
 * and the pure decision it leads to. The answer is the case as it then stands.
 */
export const caseCommands = <
  Deps extends CaseDeps,
  S extends { owed: Obligation[]; policy: number },
  D extends EventDef,
>(of: {
  /** `/sites/{site}/complaints/{complaint}`; the last parameter is the case's id. */
  path: string;
  kind: IdKind;
  journal(deps: Deps): Journal<S, D>;
  answer: z.ZodObject;
  view(current: Current<S>, actor: Actor, now: Instant): object;
  under?: Under;
  /** What others read of it by key. */
  publish?(next: Current<S>): Published;
  /** Pure: why a state that a command leads to can't be. */
  admits?: Admits<S>;
}) => {
  const acted = actedOf(of.answer);
  return <B extends z.ZodType, const T extends Texts = Record<never, never>, F = void>(
    name: string,
    summary: string,
    who: readonly Caller[],
    body: B,
    how: {
      /** What comes first of all, as a command of the case's own: done again it does nothing more. */
      first?(site: string, deps: Deps, of: { id: string; now: Instant }): Promise<void>;
      /** What has to be read besides, or made by chance, before it is decided; throws a Refusal. Writes nothing. */
      lookUp?(body: z.output<B>, site: string, deps: Deps, of: { id: string; now: Instant; state: S }): Promise<F>;
      texts?(body: z.output<B>, found: F): T;
      /** Whether it is open to somebody before they say anything; what `decide` refuses first, with what has to be read for that. */
      may(on: Situation<S>, deps: Deps): ReturnType<May<S>> | Promise<ReturnType<May<S>>>;
      decide(on: Situation<S>, body: z.output<B>, texts: Refs<T>, found: F): NewEvent<D>[] | Refusal;
      /** Which limit of one person it counts against. */
      limit?(body: z.output<B>): LimitName | undefined;
      /** Items of the same moment. */
      extraItems?(body: z.output<B>, site: string, deps: Deps, found: F, now: Instant): readonly TransactItem[];
    },
  ): Route<Deps> =>
    routesFor<Deps>()({
      method: 'POST',
      path: `${of.path}/${name}`,
      summary,
      who,
      params: z.object({ site: siteParam, [of.kind]: idParam(of.kind) }),
      body,
      answer: acted,
      may: async ({ current, standing, actor, now }, deps) => {
        const fallen = () => fallenBy(of.journal(deps), current as Current<S>, now) as Promise<Current<never>>;
        const { state } = (await standing(fallen)) as Current<S>;
        if (!state) return notFound(current.id);
        const context = await contextUnder(deps.policies, of.under, { site: current.site, state }, now);
        return how.may({ state, actor, now, context }, deps);
      },
      async handle(input, deps) {
        const {
          params,
          actor,
          now,
          idempotencyKey,
          body: sent,
        } = input as Input<Record<string, string>, undefined, z.output<B>>;
        const { site = '', [of.kind]: id = '' } = params;
        await how.first?.(site, deps, { id, now });
        const { current, latest, at } = await execute(
          of.journal(deps),
          command<S, D, T, F>(deps, {
            ...{ site, id, actor, now, idempotencyKey },
            ...{ under: of.under, publish: of.publish, admits: of.admits, limit: how.limit?.(sent) },
            lookUp: how.lookUp && ((state) => how.lookUp?.(sent, site, deps, { id, now, state }) as Promise<F>),
            texts: how.texts && ((found) => how.texts?.(sent, found) as T),
            decide: (on, refs, found) => how.decide(on, sent, refs, found),
            extraItems: how.extraItems && ((found) => how.extraItems?.(sent, site, deps, found, now) ?? []),
          }),
        );
        return { ...of.view(current, actor, at), actions: await input.actions(latest) } as never;
      },
    });
};

/** A department that the site has. */
export const knownDepartment = async (
  body: { department?: string | undefined },
  site: string,
  { policies }: CaseDeps,
) => {
  if (body.department === undefined) return;
  const { departments } = await policies.site(site);
  if (!departments.some(({ id }) => id === body.department)) {
    throw invalid({ field: 'body.department', rule: 'field.department' });
  }
};

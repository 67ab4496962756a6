import type { TestContext } from 'node:test'
import type { Organisation } from '@scel/contract/values'
import type { PersonActor } from '../src/core/actor.ts'
import type { CoreConfig } from '../src/core/config.ts'
import {
  firstAdministrator,
  type KitInHand,
  type KitOptions,
  kit,
  openRulesDesk,
  organisation,
  type RulesDesk,
  type Signed,
} from './rules-desk.ts'

/** What most rules are tried on: a desk with its first administrator, an organisation, and a kit of it in hand. */
export interface RulesScene extends RulesDesk {
  readonly signed: Signed
  /** The same, as who acts. */
  readonly admin: PersonActor
  readonly post: Organisation
  readonly inHand: KitInHand
}

export async function rulesScene(
  t: TestContext,
  options: KitOptions = {},
  config: Partial<CoreConfig> = {},
): Promise<RulesScene> {
  return sceneAt(await openRulesDesk(t, config), options)
}

/** The same at a desk that is there already and has nobody yet. */
export async function sceneAt<D extends RulesDesk>(desk: D, options: KitOptions = {}): Promise<D & RulesScene> {
  const signed = await firstAdministrator(desk.core)
  const { actor: admin } = signed
  const post = await organisation(desk.core, admin)
  return { ...desk, signed, admin, post, inHand: await kit(desk.core, admin, post.id, options) }
}

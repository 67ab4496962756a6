import { fromBase64Url } from '@scel/pki/bytes'
import type { PersonActor } from '../actor.ts'
import type { RowCodes } from '../row-codes.ts'
import { type Instant, idOf, newId, newToken, type World } from '../world.ts'

// What is made once, however often it is asked for. Whoever did not hear the answer sends their wish again under the same key;
// what the thing is called and the secret that opens it follow from the key, so that the thing itself says that it is there
// already, and the answer can be given once more though only a hash of the secret is stored. Nothing else has to be remembered.

/** What a thing that is about to be made is called, and opened with. */
export interface Draw {
  /** As `newId`. */
  readonly id: string
  /**
   * As `newToken`.
   * @param at when it was made: what took its place meanwhile has another one, and none comes back
   */
  secret(at: Instant): string
  /** As `newId`, of what others take the place of. @param at as of `secret` */
  idAt(at: Instant): string
}

/**
 * @param what is asked for, by its right
 * @param wish all that is asked of it: under the same key, another wish is another thing
 * @param key of the caller, for this wish; without one each call is a wish of its own
 */
export type Draws = (actor: PersonActor, what: string, wish: object, key: string | undefined) => Draw

/** @param codes under a key that no caller has: whoever chooses a bad key for their wish still gets a good secret */
export const createDraws =
  (world: World, codes: RowCodes): Draws =>
  (actor, what, wish, key) => {
    if (key === undefined) {
      const [token, later] = [newToken(world), newId(world)]
      return { id: newId(world), secret: () => token, idAt: () => later }
    }
    const asked = [actor.environment, actor.id, what, Object.entries(wish).sort(byName), key]
    const drawn = (more: readonly string[]): string => codes.codeOf(JSON.stringify([...more, asked]))
    const named = (...more: readonly string[]): string => idOf(fromBase64Url(drawn(more)))
    return {
      id: named('id'),
      secret: (at) => drawn(['secret', at]),
      idAt: (at) => named('id', at),
    }
  }

/**
 * The token that opens a thing whose name is known, drawn again whenever it is asked for: nothing but a hash of it is ever stored. For what is told to
 * somebody later than it is made (`deliveries/channel.ts`).
 *
 * @param what kind of thing it opens
 * @param name its own among those of its kind, and never given again
 */
export type Tokens = (what: string, name: string) => string

/** @param codes as of `createDraws` */
export const createTokens =
  (codes: RowCodes): Tokens =>
  (what, name) =>
    codes.codeOf(JSON.stringify(['token', what, name]))

const byName = ([one]: [string, unknown], [other]: [string, unknown]): number => (one < other ? -1 : 1)

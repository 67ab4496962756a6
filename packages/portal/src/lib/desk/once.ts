import { isRefusal, Refusal } from './refusal.ts'

// A thing whose answer was lost is asked for again under the same key: then the desk makes it once.

interface Open {
  readonly key: string
  /** Whether an answer was lost, so that the thing may be there. */
  lost: boolean
}

/** Wishes that nobody knows the end of, by all that is asked. */
const open = new Map<string, Open>()

/**
 * Asks under a key of this very wish. Once an answer was lost, the key stays until the desk has judged the wish under it: that it is made, or is not
 * to be. A refusal of the caller, of the moment or of how often they ask says nothing of what the lost call did.
 * @throws as `act`, but `answer_lost_once` for `answer_lost`: to ask again is safe
 */
export async function once<T>(wish: string, act: (key: string) => Promise<T>): Promise<T> {
  const asked = open.get(wish) ?? { key: newKey(), lost: false }
  open.set(wish, asked)
  try {
    const answer = await act(asked.key)
    open.delete(wish)
    return answer
  } catch (error) {
    const status = isRefusal(error) ? error.problem?.status : undefined
    // What the desk refuses it did not do; of its own faults nobody knows.
    if (status === undefined || status >= 500) asked.lost = true
    else if (!asked.lost || OF_THE_WISH.has(status)) open.delete(wish)
    if (isRefusal(error) && error.code === 'answer_lost') throw new Refusal('answer_lost_once', undefined, error)
    throw error
  }
}

/** What is asked is not well said, of something that is not there, contradicts what is there, or breaks a rule. */
const OF_THE_WISH: ReadonlySet<number> = new Set([400, 404, 409, 410, 422])

/** 32 random bytes in base64url. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

import { isRefusal, Refusal } from './refusal.ts'

// A thing whose answer was lost is asked for again under the same key: then the desk makes it once.

/** Keys of wishes that nobody knows the end of, by all that is asked. */
const open = new Map<string, string>()

/**
 * Asks under a key of this very wish.
 * @throws as `act`, but `answer_lost_once` for `answer_lost`: to ask again is safe
 */
export async function once<T>(wish: string, act: (key: string) => Promise<T>): Promise<T> {
  const key = open.get(wish) ?? newKey()
  open.set(wish, key)
  try {
    const answer = await act(key)
    open.delete(wish)
    return answer
  } catch (error) {
    // What the desk refuses it did not do; of its own faults nobody knows.
    if (isRefusal(error) && error.problem && error.problem.status < 500) open.delete(wish)
    if (isRefusal(error) && error.code === 'answer_lost') throw new Refusal('answer_lost_once', undefined, error)
    throw error
  }
}

/** 32 random bytes in base64url. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

import type { Instant } from '../world.ts'

export interface NonceReader {
  isSpent(nonce: string): Promise<boolean>
}

export interface NonceStore extends NonceReader {
  /** @returns false when it was spent before (it then stays spent) */
  spend(nonce: string, expiresAt: Instant): Promise<boolean>
  /** Forgets those that expired before: the desk refuses them by their date from then on. */
  purge(before: Instant): Promise<number>
}

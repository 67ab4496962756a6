export interface Issuance {
  /** Completes every open intent by signing what was stored; run at start, before anything is answered. Answers how many. */
  recover(): Promise<number>
}

/** A breakage that no test can notice, and why: another guard stands behind, or nothing depends on it. */
export interface Equivalent {
  readonly file: string
  readonly before: string
  readonly after: string
  readonly why: string
}

export const EQUIVALENT: readonly Equivalent[] = []

/** A line or two that an existing file gets. */
export interface Edit {
  readonly file: string
  /** Stands once in the file. */
  readonly at: string
  readonly put: 'before' | 'after'
  readonly text: string
}

/** A change of the kind that a row of ARCHITECTURE.md speaks of, small and whole: made from nothing, it works. */
export interface Change {
  /** First cell of its row. */
  readonly row: string
  /** How many files the same took in the first state (what a reader found at commit 877b4f1). */
  readonly before: string
  /** New files by path. */
  readonly made: Readonly<Record<string, string>>
  readonly edits: readonly Edit[]
  /** Tests by path that see it work; they are not counted. */
  readonly seenBy: Readonly<Record<string, string>>
  /** What existing tests ask for besides; not counted either. */
  readonly tests?: readonly Edit[]
  /** Whether it is seen in a browser, so that the portal is built with it. */
  readonly inPortal?: true
}

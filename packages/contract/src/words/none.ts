/** No facts travel with a code. */
export type None = Record<never, never>

import type { Text } from './text.ts'

/** What the desk says of somebody, or they wrote; where that was erased it says nothing any more, which is said in its place. */
export const told = (text: Text, said: string): string => said || text('app.erased')

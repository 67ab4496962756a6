import type { Instant } from '../world.ts'

/** What one administrator asks for and another confirms before it counts. */
export interface Confirmation {
  readonly asked: { readonly id: string; readonly name: string }
  /** Absent while it waits. */
  readonly given?: { readonly at: Instant; readonly id: string; readonly name: string }
}

/** Who asked for it, as a line of the log tells: the name, and whose it is. */
export const askedBy = (
  confirmation: Confirmation | undefined,
): { readonly asked?: string; readonly whose?: string } =>
  confirmation ? { asked: confirmation.asked.name, whose: confirmation.asked.id } : {}

/** Whether it does not count yet. */
export const awaits = ({ confirmation }: { readonly confirmation?: Confirmation }): boolean =>
  confirmation !== undefined && confirmation.given === undefined

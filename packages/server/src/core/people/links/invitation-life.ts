import { HOUR } from '../../world.ts'

/** How long the link of an invitation opens, in milliseconds: somebody else is waited for, or the mail, over a weekend. */
export const INVITATION_LIFE: number = 72 * HOUR

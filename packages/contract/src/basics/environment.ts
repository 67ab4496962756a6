import type { Static } from 'typebox'
import { oneOf } from './one-of.ts'

/** Production and test are two worlds under one roof: each has its own root, people, kits, requests and certificates. */
export const Environment = oneOf(['production', 'test'])
export type Environment = Static<typeof Environment>
export const ENVIRONMENTS: readonly Environment[] = Environment.enum

import { type Static, Type } from 'typebox'

/** Production and test are two worlds under one roof: each has its own root, people, kits, requests and certificates. */
export const Environment = Type.Union([Type.Literal('production'), Type.Literal('test')])
export type Environment = Static<typeof Environment>
export const ENVIRONMENTS: readonly Environment[] = ['production', 'test']

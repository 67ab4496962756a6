import { type Databases, eachDatabase } from '../src/store/testing/each-database.ts'
import { BEGUN } from './rules-desk.ts'

/** Declares the same tests for the embedded database and for a real PostgreSQL, in which a desk has begun: `rulesDeskOn` finds its keys. */
export const eachRulesDatabase = (name: string, tests: (databases: Databases) => void): void =>
  eachDatabase(name, tests, BEGUN)

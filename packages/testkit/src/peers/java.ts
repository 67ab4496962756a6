// Java is not on every machine that runs these tests: without it they say so and end, instead of failing the run.

import { spawnSync } from 'node:child_process'
import type { TestContext } from 'node:test'
import { type Bench, bench } from './bench.ts'

export function java(t: TestContext): Bench | undefined {
  if (spawnSync('keytool', ['-help']).status === 0) return bench(t, 'keytool')
  t.diagnostic('NOT RUN: there is no keytool on this machine')
  return undefined
}

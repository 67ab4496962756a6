//
// Loaded first by every process that tries breakages: gives the guarded files out with their switches in, and, where many
// breakages are tried in one process, tests that can be run again.

import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

export interface Switches {
  /** The breakage that is on. */
  on: number
  /** Those whose place was come to. */
  readonly reached: Set<number>
}

declare global {
  var scelSwitches: Switches
  var scelBroken: (id: number) => boolean
}

globalThis.scelSwitches = { on: Number(process.env.SCEL_BROKEN ?? -1), reached: new Set() }
globalThis.scelBroken = (id) => {
  globalThis.scelSwitches.reached.add(id)
  return id === globalThis.scelSwitches.on
}

/** By the address of the file. */
const texts: Readonly<Record<string, string>> = JSON.parse(readFileSync(process.env.SCEL_SWITCHED ?? '', 'utf8'))
const again = process.env.SCEL_AGAIN === '1' ? new URL('tests-again.ts', import.meta.url).href : undefined

registerHooks({
  resolve: (name, context, next) =>
    name === 'node:test' && again ? { url: again, shortCircuit: true } : next(name, context),
  load: (url, context, next) => {
    const source = texts[url]
    return source === undefined ? next(url, context) : { format: 'module-typescript', source, shortCircuit: true }
  },
})

//
// Effects follow the arrows: in the server's rules only the owner of a store writes to it, and whoever reads one may call its owner.
// Which stores a function uses is no import, so that it is read out of the code.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CORE_FEATURES, CORE_READS, CORE_ROOF, EVERYBODYS_STORES } from './layers.ts'
import { CODE, filesUnder, isTestFile } from './sources.ts'
import { featureOf, type Store, storesOf, WORK } from './stores/list.ts'
import { type Use, unitTypesOf, usesOf } from './stores/uses.ts'
import { parse } from './walk.ts'

const SERVER = 'packages/server/src'

/** Every use of a store that neither its owner nor an arrow allows, and every arrow of `CORE_READS` that nothing uses. */
export function checkStores(root: string): string[] {
  const source = join(root, SERVER)
  if (!existsSync(join(source, WORK))) return []
  const stores = storesOf(source)
  const files = filesUnder(source, CODE)
    .filter((file) => !isTestFile(file) && !file.startsWith('store/') && file !== WORK)
    .map((file) => ({ file, top: parse(readFileSync(join(source, file), 'utf8'), file) }))
  const types = unitTypesOf(files.map(({ top }) => top))
  const found = files.map(({ file, top }) => ({ file, ...usesOf(top, stores, types) }))

  const breaches = found.flatMap(({ file, uses, hidden }) => {
    const words = [...hidden, ...uses.flatMap((use) => breachOf(file, use, stores.get(use.store)!) ?? [])]
    return [...new Set(words)].map((one) => `${SERVER}/${file}: ${one}`)
  })
  const arrows = found.flatMap(({ file, uses }) =>
    uses.map(({ store }) => `${featureOf(file)} → ${stores.get(store)!.owner}`),
  )
  const idle = Object.entries(CORE_READS)
    .flatMap(([from, owners]) => owners.map((to) => `${from} → ${to}`))
    .filter((arrow) => !arrows.includes(arrow))
  return [...breaches, ...idle.map((arrow) => `tools/layers.ts lets ${arrow} be read, which nothing does`)]
}

function breachOf(file: string, { store, how, words }: Use, { owner }: Store): string | undefined {
  const from = featureOf(file)
  if (from === owner || EVERYBODYS_STORES.includes(store)) return undefined
  if (from === '') {
    // Of the roof's own is only what forgets: all else has a feature.
    const isRoof = Object.hasOwn(CORE_ROOF, file.slice('core/'.length))
    return how === 'purges' && isRoof ? undefined : `${words}: stores are for the features of core`
  }
  if (how !== 'reads') return `${words}: only ${owner} writes to ${store}`
  const allowed = [...(CORE_FEATURES[from] ?? []), ...(CORE_READS[from] ?? [])]
  return allowed.includes(owner) ? undefined : `${words}: ${from} may not read what ${owner} keeps`
}

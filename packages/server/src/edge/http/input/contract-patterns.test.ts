import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { KitFile } from '@scel/contract/kit'
import { Compile } from 'typebox/compile'
import { INPUTS, type Place, ROUTES, sampleOf, textsOf } from '../../../testing/contract-places.ts'
import { type Growing, grown, worstLetters } from '../../../testing/worst-letters.ts'

const MIB = 1_048_576
/** From where a doubling shows to a megabyte; what multiplies at every letter is noticed before it takes for ever. */
const LENGTHS = [16, 20, 24, 28, 256, 1_024, 4_096, 16_384, 65_536, MIB]
/** All texts are tried up to here; beyond it only those that cost most. */
const ALL_UP_TO = 1_024
const COSTLIEST = 6

type Reads = (text: string) => unknown

/** The least of some tries: what else the machine does only ever adds. */
function milliseconds(read: Reads, text: string, tries = 5): number {
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < tries; at++) {
    const start = performance.now()
    read(text)
    least = Math.min(least, performance.now() - start)
  }
  return least
}

// What goes through a text once costs, per letter, within a small factor the same as this; the factor is a large one, so
// that only what grows faster than the text exceeds it.
const once = /^[^\u0000\ud800]*$/u
const allowed = (length: number): number => 20 + 300 * milliseconds((text) => once.test(text), 'a'.repeat(length))

/** The first text whose reading costs more than going through it, or nothing. */
function tooDear(read: Reads, texts: Iterable<Growing>): string | undefined {
  let tried = [...texts]
  for (const length of LENGTHS) {
    const limit = allowed(length)
    const costs: (readonly [number, Growing])[] = []
    for (const text of tried) {
      const written = grown(text, length)
      let cost = milliseconds(read, written, 1)
      if (cost > limit) cost = milliseconds(read, written)
      if (cost > limit)
        return `${JSON.stringify(text)}: ${length} letters took ${Math.round(cost)} of ${Math.round(limit)} ms`
      costs.push([cost, text])
    }
    if (length >= ALL_UP_TO) {
      tried = costs
        .sort(([a], [b]) => b - a)
        .slice(0, COSTLIEST)
        .map(([, text]) => text)
    }
  }
  return undefined
}

const expressionOf = (source: string, flags = 'u'): RegExp => new RegExp(source, flags.replace(/[gy]/g, ''))

/** Every pattern and format that a caller's text meets, by its text. */
function ofTheContract(): ReadonlyMap<string, Place> {
  const inputs = Object.values(ROUTES).flatMap((route) => INPUTS.flatMap((part) => route[part] ?? []))
  const texts = [...inputs, KitFile].flatMap((schema) => textsOf(schema).map(([, text]) => text))
  return new Map(texts.map((text) => [`${text.pattern ?? ''} ${text.format ?? ''}`, text]))
}

test('the measure notices what backtracks', () => {
  const before = '^[^\\s@<>",;]+@[^\\s@<>",;]+\\.[^\\s@<>",;]+$' // the one that stopped the desk
  for (const source of [before, '^(a+)+$', '^a*a*b', '\\s*;\\s*', '(.*,)*x$']) {
    const expression = expressionOf(source)
    assert.ok(
      tooDear((text) => expression.test(text), worstLetters(expression)),
      source,
    )
  }
})

test('C1: every pattern and format of the contract goes once through a megabyte of its own worst letters', () => {
  const places = ofTheContract()
  assert.ok(places.size > 10)
  for (const [name, place] of places) {
    const samples = [String(sampleOf(place)), 'x@example.org', '2026-01-01T00:00:00.000+00:00[a=b]']
    const compiled = Compile({ ...place, minLength: 0, maxLength: 2 * MIB })
    const expression = expressionOf(place.pattern ?? '')
    assert.equal(
      tooDear((text) => compiled.Check(text), worstLetters(expression, samples)),
      undefined,
      name,
    )
  }
})

const SOURCES = ['server', 'contract'].map((name) =>
  fileURLToPath(new URL(`../../../../../${name}/src`, import.meta.url)),
)
const LITERAL = /(?<=[=(,:?&|![]\s*|return )\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuvy]*)/g

/** The regular expressions that stand in the sources, besides those of tests. */
function ofTheSources(): ReadonlyMap<string, RegExp> {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test|\.d)\.ts$/.test(file) && !/^testing[\\/]/.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8')),
  )
  const literals = files.flatMap((text) =>
    [...text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '').matchAll(LITERAL)].map(
      ([whole, source, flags]) => [whole, expressionOf(source!, flags)] as const,
    ),
  )
  return new Map(literals)
}

test('C1: so does every regular expression of the desk and of the contract', () => {
  const expressions = ofTheSources()
  assert.ok(expressions.size > 40, `${expressions.size} were found`)
  for (const [name, expression] of expressions) {
    assert.equal(
      tooDear((text) => expression.test(text), worstLetters(expression)),
      undefined,
      name,
    )
  }
})

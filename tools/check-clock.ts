//
// The server reads the clock in one place, `core/world.ts`, so that whoever compares a moment with now has to choose: the clock, or the
// time that goes by (decision 0027). Reading it anywhere else is a finding, but where nothing is compared, or no world can be.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CODE, filesUnder, isTestFile } from './sources.ts'

const SOURCES = 'packages/server/src'
const CLOCK = /\bDate\.now\b|\bnew Date\(\s*\)/

/** Who reads the clock, and why. */
const READERS: Readonly<Record<string, string>> = {
  'core/world.ts': 'the one place',
  'edge/terminal/log-stream.ts': 'the date of a line of the operator’s log',
  'threads/public-door.thread.ts': 'the same',
  'store/migrations/migrate.ts': 'the date of a migration, which nothing is compared with',
  'custody/secret-file.ts': 'the age of a file, which only its own date tells',
}

/** Every line of the server that reads the clock for itself, and every reader that does so no more. */
export function checkClock(root: string): string[] {
  const files = filesUnder(join(root, SOURCES), CODE).filter((file) => !isTestFile(file))
  const found = files.flatMap((file) => readings(file, readFileSync(join(root, SOURCES, file), 'utf8')))
  const strange = found.filter(({ file }) => !Object.hasOwn(READERS, file))
  const idle = Object.keys(READERS).filter((file) => !found.some((one) => one.file === file))
  return [
    ...strange.map(
      ({ file, line }) => `${SOURCES}/${file}:${line}: reads the clock: take it, or elapsed(), from a World`,
    ),
    ...idle.map((file) => `tools/check-clock.ts: ${file} does not read the clock any more`),
  ]
}

/** The lines on which a text reads the clock, from 1. */
export const readings = (file: string, text: string): { readonly file: string; readonly line: number }[] =>
  text.split('\n').flatMap((line, index) => (CLOCK.test(line) ? [{ file, line: index + 1 }] : []))

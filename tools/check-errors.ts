//
// docs/errors.md has exactly one row for each error code of the library and of the desk, in today's words.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DESK_ERROR_CODES } from '@scel/contract/errors'
import { PKI_ERROR_CODES } from '@scel/pki/errors'
import { presentPage } from './write-errors.ts'

/** Every difference between the codes and the page. */
export function checkErrors(root: string): string[] {
  const file = join(root, 'docs', 'errors.md')
  if (!existsSync(file)) return ['docs/errors.md is missing: node tools/write-errors.ts']
  return differences([...PKI_ERROR_CODES, ...DESK_ERROR_CODES], readFileSync(file, 'utf8'), presentPage())
}

/** Compares the codes with the page as it is, and that one with the page as it should be. */
export function differences(codes: readonly string[], page: string, wanted: string): string[] {
  const rows = [...page.matchAll(/^\| <a id="\w+"><\/a>`(\w+)` \|/gm)].map(([, code]) => code ?? '')
  const twice = (list: readonly string[]): string[] => list.filter((code, at) => list.indexOf(code) !== at)
  const found = [
    ...codes.filter((code) => !rows.includes(code)).map((code) => `docs/errors.md has no row for ${code}`),
    ...rows
      .filter((code) => !codes.includes(code))
      .map((code) => `docs/errors.md has a row for ${code}, which is no code`),
    ...twice(rows).map((code) => `docs/errors.md has two rows for ${code}`),
    ...twice(codes).map((code) => `${code} is a code of the library and of the desk`),
  ]
  if (found.length === 0 && page !== wanted) return ['docs/errors.md is out of date: node tools/write-errors.ts']
  return found
}

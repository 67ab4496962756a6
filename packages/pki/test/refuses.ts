// What a refusal must say, for tests.

import assert from 'node:assert/strict'
import type { PkiError, PkiErrorCode, PkiErrorFacts } from '../src/errors/index.ts'
import { hasCode } from '../src/errors/index.ts'

/** It is refused with this code, and with these facts at least. Returns the error. */
export async function refuses<C extends PkiErrorCode>(
  promise: Promise<unknown>,
  code: C,
  facts: Partial<PkiErrorFacts[C]> = {},
): Promise<PkiError> {
  const error = await promise.then(
    () => assert.fail(`accepted instead of ${code}`),
    (reason: unknown) => reason,
  )
  if (!hasCode(error, code)) throw error
  for (const [name, value] of Object.entries(facts)) assert.equal(Reflect.get(error.facts, name), value)
  return error
}

/** It is refused with this code, because of an error of that one. */
export async function refusesBecause(
  promise: Promise<unknown>,
  code: PkiErrorCode,
  cause: PkiErrorCode,
): Promise<void> {
  const error = await refuses(promise, code)
  assert.ok(hasCode(error.cause, cause), String(error.cause))
}

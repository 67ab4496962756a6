import { refuse } from '@scel/contract/errors'
import { sign } from '@scel/pki/crypto'
import { lintCertificate } from '@scel/pki/lint'
import type { Signer } from './signer.port.ts'

declare const brand: unique symbol
/** Proof that these exact bytes passed every lint rule without an error. Spent by the first signature. */
export interface Linted {
  readonly [brand]: true
}

const unspent = new WeakMap<Linted, Uint8Array>()

/** @throws DeskError lint_refused with the rules that were broken, and how */
export function lint(tbs: Uint8Array): Linted {
  const bytes = new Uint8Array(tbs) // a later change to the caller's array must not reach the signer; slice() of a Buffer copies nothing
  const errors = lintCertificate(bytes).filter((finding) => finding.severity === 'error')
  if (errors.length > 0) {
    refuse('lint_refused', { rules: errors.map(({ rule, problem }) => `${rule}: ${problem}`).join(', ') })
  }
  const proof = Object.freeze({}) as Linted
  unspent.set(proof, bytes)
  return proof
}

/** Signs what was linted, and nothing else. */
export async function signLinted(proof: Linted, signer: Signer): Promise<{ tbs: Uint8Array; signature: Uint8Array }> {
  const tbs = unspent.get(proof)
  if (!tbs) throw new Error('these bytes were not linted, or were signed before')
  unspent.delete(proof)
  return { tbs, signature: await sign(signer.key, tbs) }
}

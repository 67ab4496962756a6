import assert from 'node:assert/strict'
import { pemDecode } from '@scel/pki/bytes'
import type { Bench } from './bench.ts'

/**
 * A certificate that openssl makes and signs for itself, DER; it lies in `c.pem` and its key in `k.pem`.
 * @param kind what follows `-newkey`
 */
export function selfSigned(
  { run, text }: Bench,
  options: readonly string[] = ['-subj', '/CN=x'],
  kind: readonly string[] = ['rsa:2048'],
): Uint8Array {
  const made = run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    ...kind,
    '-nodes',
    '-keyout',
    'k.pem',
    '-out',
    'c.pem',
    ...options,
  )
  assert.ok(made.ok, `${kind.join(' ')}: ${made.text}`)
  return pemDecode(text('c.pem'))[0]!.der
}

/** A P-256 key, which costs nothing to make. */
export const EC: readonly string[] = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']

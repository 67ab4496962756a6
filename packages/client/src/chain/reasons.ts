import type { PathPolicies, PathVerdict, RefusedPath } from '@scel/pki/path'
import { formatName } from '@scel/pki/x509'
import { policyName } from '../inspect/policy-words.ts'
import { plain } from '../ui/plain.ts'
import type { Voice } from '../ui/voice.ts'

/** A path that was refused, as `--json` prints it: from the leaf upwards. */
export interface RefusedFacts {
  readonly path: readonly string[]
  readonly code: string
  readonly message: string
}

const allRefused = (verdict: PathVerdict): readonly RefusedPath[] =>
  verdict.valid ? verdict.refused : [verdict.best, ...verdict.refused]

export const refusedPaths = (verdict: PathVerdict, voice: Voice): RefusedFacts[] =>
  allRefused(verdict).map(({ chain, reason }) => ({
    path: chain.map((certificate) => formatName(certificate.subject, 'rfc4514') || certificate.serialHex),
    code: reason.code,
    message: voice.words(reason).message,
  }))

/** Every path that was tried and refused, two lines each. */
export function reasonLines(verdict: PathVerdict, voice: Voice): string[] {
  const refused = refusedPaths(verdict, voice)
  if (refused.length === 0) return []
  const lines = refused.flatMap(({ path, message }) => [`  ${plain(path.join(' ← '))}`, `      ${plain(message)}`])
  return [voice.text('chain_refused'), ...lines]
}

/** The policies that hold for the whole chain; nothing when every policy does. */
export function policyLines({ userConstrained }: PathPolicies, voice: Voice): string[] {
  if (userConstrained.length === 0 || userConstrained.includes('2.5.29.32.0')) return []
  return [voice.plain('chain_policies', { policies: userConstrained.map(policyName).join(', ') })]
}

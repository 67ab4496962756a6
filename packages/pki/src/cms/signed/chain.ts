// Whether a signer may be believed: their chain at a moment, and what is known of revocation.

import { hasCode, isPkiError } from '../../errors/index.ts'
import type { RefusedPath, ValidatePathOptions } from '../../path/index.ts'
import { Budget, explainPath } from '../../path/index.ts'
import type { Certificate, Crl } from '../../x509/index.ts'
import { parseCrl } from '../../x509/index.ts'
import type { ChainVerdict, Verdict } from './verdict.ts'
import type { VerifyOptions } from './verify-options.ts'

type Revocation = ValidatePathOptions['revocation']

export interface Judgement {
  readonly chain: ChainVerdict
  readonly revocation: Verdict | 'not-asked'
}

/** What path validation is asked, but for the leaf, the moment and revocation. */
export type Ground = Pick<ValidatePathOptions, 'intermediates' | 'anchors' | 'purpose' | 'dangerAllowWeakKeys'> & {
  /** One for all chains of the message: those of its signers, of those who signed after them, and of their stamps. */
  readonly budget: Budget
}

export const groundOf = (options: VerifyOptions, inside: readonly Certificate[]): Ground => ({
  budget: options.budget ?? new Budget(MESSAGE),
  intermediates: [...inside, ...(options.intermediates ?? [])],
  anchors: options.anchors,
  purpose: options.purpose ?? 'emailSigning',
  ...(options.danger?.oldSignatures ? { dangerAllowWeakKeys: true } : {}),
})

/** Lists of the file beside those of the caller: each is signed, so it does not matter who brings it. */
export function revocationWith(revocation: Revocation, crls: readonly Uint8Array[]): Revocation {
  if (typeof revocation !== 'object') return revocation
  return { ...revocation, crls: [...(revocation.crls ?? []), ...crls.flatMap(readable)] }
}

/**
 * Judges at `now`, or at the earlier moment `stamped` that a time stamp proves: what expired or was revoked since does
 * not undo a signature that was there before (RFC 3161 appendix B).
 */
export async function judgeChain(
  leaf: Certificate,
  ground: Ground,
  revocation: Revocation,
  now: Date,
  stamped: Date | undefined,
): Promise<Judgement> {
  const at = stamped ?? now
  const plain = await explainPath({ ...ground, leaf, at, revocation: 'not-asked' })
  if (!plain.valid) {
    return { chain: { ok: false, error: plain.best.reason, at, explained: plain }, revocation: 'not-asked' }
  }
  const chain = { ok: true, path: plain.path, at } as const
  if (revocation === 'not-asked') return { chain: { ...chain, explained: plain }, revocation }
  let asked = await explainPath({ ...ground, leaf, at: now, revocation })
  // Past its dates nothing is said of a certificate any more; lists of that time may still be at hand.
  if (stamped && !asked.valid && hasCode(asked.best.reason, 'certificate_expired')) {
    asked = await explainPath({ ...ground, leaf, at, revocation })
  }
  const explained = asked
  if (asked.valid) return { chain: { ...chain, path: asked.path, explained }, revocation: { ok: true } }
  const { best } = asked
  const later = stamped && revokedLater(leaf, best, stamped, revocation)
  return { chain: { ...chain, explained }, revocation: later ? { ok: true } : { ok: false, error: best.reason } }
}

/** Whether all that is wrong is that the signer was revoked after the stamp, and not because the key was stolen. */
function revokedLater(leaf: Certificate, refused: RefusedPath, stamped: Date, revocation: Revocation): boolean {
  const finding = refused.revocation.find(({ certificate }) => certificate === leaf)
  // An authority that is revoked is found out first, and then nothing was asked about the leaf.
  if (!finding?.revoked) return false
  const { at, reason } = finding.revoked
  // A thief signs and stamps before anyone notices: the date of such a revocation is not that of the theft.
  if (at <= stamped || COMPROMISED.has(reason)) return false
  const lenient = typeof revocation === 'object' && revocation.mode === 'if-known'
  return refused.revocation.every((one) => lenient || one.status !== 'unknown')
}

function readable(der: Uint8Array): Crl[] {
  try {
    return [parseCrl(der)]
  } catch (error) {
    if (isPkiError(error)) return []
    throw error
  }
}

// Sixty-four signers, each with a chain of three that is looked at twice and lists of its own; and not sixty-four times as
// much as the worst bag of certificates costs.
const MESSAGE = { signatures: 512, steps: 4_000, nameComparisons: 1_000_000, policies: 40_000 } as const

const COMPROMISED: ReadonlySet<string | undefined> = new Set(['keyCompromise', 'cACompromise', 'aACompromise'])

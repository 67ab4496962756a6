// Who signed a CRL, and whether that key may (RFC 5280 §6.3.3 f and g). Mostly it is the authority that issued the
// certificate in question, which the path has proved already. A separate key needs a path of its own to the same anchor.

import { fail, hasCode, isPkiError } from '../errors/index.ts'
import type { Certificate, Crl } from '../x509/index.ts'
import { subjectText } from './certificate-checks.ts'
import { issuerText } from './crl-facts.ts'
import { checkNameConstraints } from './name-constraints.ts'
import { same } from './names.ts'
import type { TrustAnchor } from './options.ts'
import { isCertificate, issuerKeyHint, likeliestFirst, Pool } from './pool.ts'
import { readExtension } from './read-extension.ts'
import { Refusals } from './refusals.ts'
import type { Ground, Path, Search } from './search.ts'
import { checkStart, findPath } from './search.ts'

/** Asks about the revocation of a signer's own path; throws when it does not hold. */
export type CheckSigner = (path: Path) => Promise<void>

export class CrlSigners {
  readonly #ground: Ground
  readonly #path: Path
  readonly #checkSigner: CheckSigner
  /** Signers that are being proved right now. A CRL may speak of the very key that signs it; that is no circle. */
  readonly #proving = new Set<TrustAnchor>()
  readonly #proved = new Map<Crl, TrustAnchor>()
  /** The certificate of the path whose status is asked, by its place from the leaf. */
  #asked = 0

  constructor(ground: Ground, path: Path, checkSigner: CheckSigner) {
    this.#ground = ground
    this.#path = path
    this.#checkSigner = checkSigner
  }

  /** Whether an answer found now rests on a signer that is not proved yet, and so must not be kept. */
  get provisional(): boolean {
    return this.#proving.size > 0
  }

  /** Says which certificate is asked about. Those of a signer's own path are asked about on behalf of the same. */
  about(certificate: Certificate): void {
    if (!this.provisional) this.#asked = this.#path.certificates.indexOf(certificate)
  }

  /**
   * Whether a signer's own standing hangs on the answer it is to give: it is the certificate in question or one below
   * it, or one that is being proved. What such a one calls good, whoever stole its key could call good.
   */
  isInterested(signer: TrustAnchor): boolean {
    if (this.#proving.has(signer)) return true
    const place = isCertificate(signer) ? this.#path.certificates.indexOf(signer) : -1
    return place >= 0 && place <= this.#asked
  }

  /**
   * The signer of a CRL, its signature verified.
   * @throws issuer_unknown, signature_invalid, key_usage_missing, path_too_costly, and what building a path throws
   */
  async of(crl: Crl): Promise<TrustAnchor> {
    const known = this.#proved.get(crl)
    if (known) return known
    let reason: unknown
    for (const candidate of this.#candidates(crl)) {
      try {
        await this.#check(crl, candidate)
        if (!this.provisional) this.#proved.set(crl, candidate)
        return candidate
      } catch (error) {
        if (!isPkiError(error) || hasCode(error, 'path_too_costly')) throw error
        // A key of the same name that did not sign says less than one that did and may not.
        if (!reason || hasCode(reason, 'signature_invalid')) reason = error
      }
    }
    if (reason) throw reason
    return fail('issuer_unknown', { subject: 'CRL', issuer: issuerText(crl) })
  }

  #candidates(crl: Crl): readonly TrustAnchor[] {
    const { budget, intermediates } = this.#ground
    const own = this.#above().filter((one) => same(one.subject, crl.issuer, budget))
    const leaf = this.#path.certificates.slice(0, 1).filter((one) => same(one.subject, crl.issuer, budget))
    const others = intermediates.named(crl.issuer).filter((one) => !own.includes(one))
    return likeliestFirst([...own, ...others, ...leaf], issuerKeyHint(crl))
  }

  /** Whom the path has proved to be authorities. */
  #above(): TrustAnchor[] {
    return [...this.#path.certificates.slice(1), this.#path.anchor]
  }

  async #check(crl: Crl, candidate: TrustAnchor): Promise<void> {
    const { budget, ledger } = this.#ground
    budget.spend('steps')
    checkMaySign(candidate)
    if (!(await ledger.holds(crl, candidate.publicKey.spki))) {
      fail('signature_invalid', { what: `CRL of ${issuerText(crl)}` })
    }
    if (!isCertificate(candidate) || this.#above().includes(candidate) || this.#proving.has(candidate)) return
    await this.#prove(candidate)
  }

  /** "The trust anchor for the certification path MUST be the same as the trust anchor used to validate the target". */
  async #prove(candidate: Certificate): Promise<void> {
    const { budget } = this.#ground
    checkStart(candidate, this.#ground)
    const search: Search = {
      ground: this.#ground,
      anchors: new Pool([this.#path.anchor], (anchor) => anchor.subject, budget),
      purpose: 'any',
      finish: async (path) => {
        checkNameConstraints(path, search)
        await this.#checkSigner(path)
      },
      refused: new Refusals(),
      suspect: candidate,
      findings: [],
    }
    this.#proving.add(candidate)
    try {
      if (!(await findPath(search))) throw search.refused.mostTelling[0]!.reason
    } finally {
      this.#proving.delete(candidate)
    }
  }
}

/**
 * The bit of §6.3.3 f. Where keyUsage is missing only an authority signs CRLs: any other certificate of that name
 * would, by saying nothing, speak for its issuer.
 */
function checkMaySign(candidate: TrustAnchor): void {
  if (!isCertificate(candidate)) return
  const usages = readExtension(candidate, 'keyUsage')
  const may = usages ? usages.includes('cRLSign') : readExtension(candidate, 'basicConstraints')?.ca
  if (!may) fail('key_usage_missing', { subject: subjectText(candidate), usage: 'cRLSign' })
}

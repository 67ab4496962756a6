import { equal, toBase64 } from '@scel/pki/bytes'
import { hasCode, isPkiError } from '@scel/pki/errors'
import { type Certificate, extension, type Name, sameName, verifyIssuedBy } from '@scel/pki/x509'

/** What stands above a certificate, as far as it is at hand. */
export interface OrderedChain {
  /** The authorities between it and its root, its issuer first. */
  readonly chain: readonly Certificate[]
  readonly root?: Certificate
  /** Who issued the last of them, where that authority is not at hand; absent where the root is, and above one that signed itself. */
  readonly missing?: Name
  /** Whether they stood in this order already, the certificate itself first. */
  readonly inOrder: boolean
  /** What does not stand above it. */
  readonly strangers: readonly Certificate[]
}

/**
 * Finds which certificates stand above one, whatever their order: each signed the one before. Nothing is said of dates, of what they may be used
 * for, or of whether anybody trusts the root: that is path validation. Where a signature is of an algorithm that the library
 * does not know, names and key identifiers have to do.
 * @param all as they came, the certificate itself among them or not
 */
export async function orderChain(leaf: Certificate, all: readonly Certificate[]): Promise<OrderedChain> {
  const others = new Map(all.map((one) => [toBase64(one.der), one]))
  others.delete(toBase64(leaf.der))
  const above: Certificate[] = []
  let tries = MOST_TRIES
  let last = leaf
  let isRoot = await isSignedBy(leaf, leaf)
  while (!isRoot && above.length < LONGEST) {
    const issuer = await issuerOf(last)
    if (!issuer) break
    above.push(issuer)
    others.delete(toBase64(issuer.der))
    last = issuer
    isRoot = await isSignedBy(issuer, issuer)
  }

  async function issuerOf(certificate: Certificate): Promise<Certificate | undefined> {
    for (const one of sorted([...others.values()].filter(({ subject }) => sameName(subject, certificate.issuer)))) {
      if (tries-- <= 0) return undefined
      if (await isSignedBy(certificate, one)) return one
    }
    return undefined
  }

  const root = isRoot && above.length > 0 ? above.pop() : undefined
  const places = [leaf, ...above, ...(root ? [root] : [])].flatMap((one) => {
    const place = all.findIndex(({ der }) => equal(der, one.der))
    return place < 0 ? [] : [place]
  })
  return {
    chain: above,
    ...(root && { root }),
    ...(!isRoot && { missing: last.issuer }),
    inOrder: places.every((place, index) => index === 0 || place > places[index - 1]!),
    strangers: [...others.values()],
  }
}

/** A root before authorities that others certified, the one that lasts longest first. */
const sorted = (issuers: readonly Certificate[]): Certificate[] =>
  issuers.toSorted(
    (one, other) =>
      Number(isSelfIssued(other)) - Number(isSelfIssued(one)) || other.notAfter.getTime() - one.notAfter.getTime(),
  )

const isSelfIssued = ({ subject, issuer }: Certificate): boolean => sameName(subject, issuer)

async function isSignedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  try {
    return await verifyIssuedBy(certificate, issuer)
  } catch (error) {
    if (!isPkiError(error)) throw error
    return hasCode(error, 'algorithm_unsupported') && haveOneIdentifier(certificate, issuer)
  }
}

/** Whether the key identifiers do not speak against it. */
function haveOneIdentifier(certificate: Certificate, issuer: Certificate): boolean {
  try {
    const wanted = extension(certificate, 'authorityKeyIdentifier')?.keyIdentifier
    const own = extension(issuer, 'subjectKeyIdentifier')
    return !wanted || !own || equal(wanted, own)
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}

/** Authorities one above another. */
const LONGEST = 10
/** Signatures that are checked: a file may hold any number of authorities of one name. */
const MOST_TRIES = 100

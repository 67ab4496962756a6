import { concat, equal, fromBase64, fromUtf8, pemDecode } from '@scel/pki/bytes'
import { type SignerVerdict, type VerifiedContent, verifyContent } from '@scel/pki/cms'
import { hasCode, isPkiError } from '@scel/pki/errors'
import { type Certificate, extension, fingerprint, parseCertificate } from '@scel/pki/x509'
import { Value } from 'typebox/value'
import { DESK_STATEMENT_PURPOSE, DeskStatement, type DeskWord, type SignedStatement } from './desk-statement.ts'

/** Why a statement does not count: the code of the library's error, or `malformed`, `purpose`. */
export interface NoStatement {
  readonly refused: string
  /** Of one that carries an old list, when that was drawn up. */
  readonly listedAt?: Date
}

/**
 * Reads a statement, and whose it is: signed once, by a certificate of that purpose which is good at a moment and chains to the root
 * that stands beside it. At a moment, it has to carry a list of two days at most, by which its certificate is not revoked: who took a key
 * has those of before its loss for as long, and no longer.
 * @param at the moment to judge its certificate at; `saidAt`: that of the statement, about which no list is asked
 */
export async function readStatement(
  { root: pem, statement }: SignedStatement,
  at: Date | 'saidAt',
): Promise<DeskWord | NoStatement> {
  try {
    const root = certificateOf(pem)
    const der = fromBase64(statement)
    const pieces: Uint8Array[] = []
    const judge = (moment: Date, sink: Uint8Array[]): Promise<VerifiedContent> =>
      verifyContent(
        (async function* () {
          yield der
        })(),
        {
          anchors: [root],
          at: moment,
          purpose: 'any',
          revocation: at === 'saidAt' ? 'not-asked' : { mode: 'if-known' },
        },
        { write: async (bytes) => void sink.push(bytes.slice()) },
      )
    // Until the verdict is there, nothing of what was read is used but the moment that it asks to be judged at.
    let verified = await judge(at === 'saidAt' ? root.notBefore : at, pieces)
    const said = contentOf(concat(...pieces))
    if (!said) return { refused: 'malformed' }
    if (at === 'saidAt') verified = await judge(new Date(said.saidAt), [])
    const [signer, ...more] = verified.signers
    if (!signer || more.length > 0) return { refused: 'malformed' }
    for (const verdict of [signer.integrity, signer.chain]) if (!verdict.ok) return { refused: verdict.error.code }
    // Nor may an authority that was not given the purpose give it: each below the root has it, and the signer has no other.
    const [leaf, ...above] = signer.chain.ok ? signer.chain.path.chain.map(purposesOf) : []
    if (leaf?.length !== 1 || ![leaf, ...above.slice(0, -1)].every((all) => all.includes(DESK_STATEMENT_PURPOSE)))
      return { refused: 'purpose' }
    if (signer.revocation !== 'not-asked') {
      const why = signer.revocation.ok ? notFresh(signer.chain, at as Date) : { refused: signer.revocation.error.code }
      if (why) return why
    }
    if (!equal(certificateOf(said.roots.production).der, root.der)) return { refused: 'malformed' }
    return Object.freeze({ ...said, id: await fingerprint(root.der) })
  } catch (error) {
    if (isPkiError(error)) return { refused: error.code }
    throw error
  }
}

/** Why what is known of the signer's revocation does not count. An authority is asked about where there is a list of its own issuer. */
function notFresh(chain: SignerVerdict['chain'], at: Date): NoStatement | undefined {
  const finding = chain.ok ? chain.path.revocation[0] : undefined
  const why = finding?.why
  if (why && hasCode(why, 'crl_outdated')) {
    const listedAt = new Date(why.facts.thisUpdate)
    // A list of a time to come: it is the clock that is behind.
    return listedAt > at ? { refused: 'certificate_not_yet_valid' } : { refused: why.code, listedAt }
  }
  if (finding?.status !== 'good') return { refused: why?.code ?? 'revocation_unknown' }
  const newest = Math.max(0, ...(finding.crls ?? []).map(({ thisUpdate }) => thisUpdate.getTime()))
  return newest < at.getTime() - OLDEST_LIST ? { refused: 'crl_outdated', listedAt: new Date(newest) } : undefined
}

/** How old the list that a statement carries may be, in milliseconds: lists are drawn up each day. */
export const OLDEST_LIST: number = 2 * 86_400_000

const purposesOf = (certificate: Certificate): readonly string[] => extension(certificate, 'extendedKeyUsage') ?? []

/** Lists of revoked certificates are signed themselves; everything else goes over TLS. */
function contentOf(bytes: Uint8Array): DeskStatement | undefined {
  let said: unknown
  try {
    said = JSON.parse(fromUtf8(bytes))
  } catch {
    return undefined // told apart by the schema
  }
  if (!Value.Check(DeskStatement, said)) return undefined
  const { portal, mutual } = said.services
  return [portal, mutual].every((address) => address.startsWith('https://')) && Object.values(said.roots).every(isOne)
    ? said
    : undefined
}

/** @throws PkiError pem_malformed */
const isOne = (pem: string): boolean => pemDecode(pem).length === 1

/** The only certificate of a text. @throws PkiError pem_malformed, certificate_malformed */
function certificateOf(pem: string): Certificate {
  const [block, ...more] = pemDecode(pem)
  return parseCertificate(more.length === 0 && block?.label === 'CERTIFICATE' ? block.der : new Uint8Array())
}

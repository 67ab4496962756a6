import type { SignatureName } from '../../src/algorithms/index.ts'
import { rawKeyByOid, signatureByName } from '../../src/algorithms/index.ts'
import { bitString, oid, sequence } from '../../src/asn1/index.ts'
import { fromHex } from '../../src/bytes/index.ts'
import { verify } from '../../src/crypto/index.ts'
import type { Case, Decision, Runnable } from './suite.ts'
import { suite } from './suite.ts'

interface Group {
  readonly publicKey: string
  readonly publicKeyDer?: string
}

interface Test extends Case {
  readonly msg: string
  readonly sig: string
  readonly ctx?: string
}

const MISSING_NULL: Readonly<Record<string, Decision>> = {
  MissingNull: {
    accept: false,
    reason: 'RFC 8017 appendix A.2.4: the digest has parameters NULL, and one encoding only',
  },
}

const FILES: readonly (readonly [name: string, row: SignatureName, acceptable?: Readonly<Record<string, Decision>>])[] =
  [
    ['ecdsa_secp256r1_sha256', 'ECDSA with SHA-256'],
    ['ecdsa_secp384r1_sha384', 'ECDSA with SHA-384'],
    ['ecdsa_secp521r1_sha512', 'ECDSA with SHA-512'],
    ['ed25519', 'Ed25519'],
    ['ed448', 'Ed448'],
    ['mldsa_44_verify', 'ML-DSA-44'],
    ['mldsa_65_verify', 'ML-DSA-65'],
    ['mldsa_87_verify', 'ML-DSA-87'],
    ['rsa_signature_2048_sha256', 'RSA with SHA-256', MISSING_NULL],
    ['rsa_signature_3072_sha256', 'RSA with SHA-256', MISSING_NULL],
    ['rsa_signature_4096_sha256', 'RSA with SHA-256', MISSING_NULL],
    ['rsa_pss_2048_sha256_mgf1_32', 'RSA-PSS with SHA-256'],
    ['rsa_pss_2048_sha256_mgf1_32_params', 'RSA-PSS with SHA-256'],
  ]

export const signatureSuites: readonly Runnable[] = FILES.map(([name, rowName, acceptable = {}]) => {
  const row = signatureByName(rowName)
  return suite<Group, Test>({
    name,
    acceptable,
    excuse: ({ ctx, result }) =>
      ctx && result === 'valid' ? 'a context: certificates and CMS have an empty one (RFC 9881 §3)' : undefined,
    answer: ({ msg, sig }, { publicKeyDer, publicKey }) =>
      verify(row, publicKeyDer ? fromHex(publicKeyDer) : rawSpki(row.oid, publicKey), fromHex(msg), fromHex(sig)),
  })
})

/** Keys of a wrong length come without their SubjectPublicKeyInfo. */
function rawSpki(dotted: string, key: string): Uint8Array {
  if (!rawKeyByOid(dotted)) throw new Error(`no key for ${dotted}`)
  return sequence(sequence(oid(dotted)), bitString(fromHex(key)))
}

import type { ValidatePathOptions } from '@scel/pki/path'
import { type Extension, makeExtension } from '@scel/pki/x509'
import { certify, type Holder, NOW, named } from './certify.ts'

export const authorityExtensions = (pathLength?: number): Extension[] => [
  makeExtension('basicConstraints', { ca: true, ...(pathLength === undefined ? {} : { pathLength }) }),
  makeExtension('keyUsage', ['keyCertSign', 'cRLSign']),
]

export const leafExtensions = (...purposes: string[]): Extension[] => [
  makeExtension('keyUsage', ['digitalSignature']),
  makeExtension('extendedKeyUsage', purposes.length > 0 ? purposes : ['clientAuth']),
]

export interface Chain {
  readonly root: Holder
  readonly issuing: Holder
  readonly leaf: Holder
}

/** A root, an issuing authority under it, and a leaf, all with fixed dates. */
export async function makeChain(): Promise<Chain> {
  const root = await certify({ name: named('Root'), spec: 'ec-p384', extensions: authorityExtensions() })
  const issuing = await certify({ name: named('Issuing'), issuer: root, extensions: authorityExtensions(0) })
  const leaf = await certify({ name: named('pc-1'), issuer: issuing, extensions: leafExtensions() })
  return { root, issuing, leaf }
}

/** The question whether the leaf of a chain is good, for any purpose, whatever was revoked. */
export const pathOf = ({ root, issuing, leaf }: Chain): ValidatePathOptions => ({
  leaf: leaf.certificate,
  intermediates: [issuing.certificate],
  anchors: [root.certificate],
  at: NOW,
  purpose: 'any',
  revocation: 'not-asked',
})

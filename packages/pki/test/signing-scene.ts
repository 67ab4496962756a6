// Two people who sign, with certificates that the clocks of other programs accept, and their files as those programs
// want them.

import { authorityExtensions, certify, type Holder, keyPemOf, named, pemOf } from '@scel/testkit/authority'
import type { Bench } from '@scel/testkit/peers'
import { inParts } from '@scel/testkit/scenes'
import type { KeySpec } from '../src/algorithms/index.ts'
import { concat } from '../src/bytes/index.ts'
import type { Signer, VerifiedContent, VerifyOptions } from '../src/cms/index.ts'
import { verifyContent } from '../src/cms/index.ts'
import { makeExtension } from '../src/x509/index.ts'

export { collect, inParts as source } from '@scel/testkit/scenes'

export const LONG: { readonly notBefore: Date; readonly notAfter: Date } = {
  notBefore: new Date('2020-01-01T00:00:00Z'),
  notAfter: new Date('2040-01-01T00:00:00Z'),
}

export interface SigningScene {
  readonly root: Holder
  /** A new person of the authority. */
  person(name: string, spec?: KeySpec): Promise<Holder>
  /** A time-stamp service of the authority. */
  service(spec?: KeySpec): Promise<Holder>
}

export async function signingScene(): Promise<SigningScene> {
  const root = await certify({ name: named('Root'), extensions: authorityExtensions(), ...LONG })
  const below = (name: string, spec: KeySpec | undefined, purpose: string, critical: boolean): Promise<Holder> =>
    certify({
      ...{ name: named(name), issuer: root, ...(spec ? { spec } : {}), ...LONG },
      extensions: [
        makeExtension('keyUsage', ['digitalSignature']),
        makeExtension('extendedKeyUsage', [purpose], critical),
        makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: `${name.toLowerCase()}@example.org` }]),
      ],
    })
  return {
    root,
    person: (name, spec) => below(name, spec, 'emailProtection', false),
    service: (spec) => below('TSA', spec, 'timeStamping', true),
  }
}

export const signerOf = ({ certificate, keys }: Holder): Signer => ({ certificate, key: keys.privateKey })

/** `name.pem` and `name.key` in the folder of the bench. */
export async function deposit(peer: Bench, name: string, holder: Holder): Promise<void> {
  peer.write(`${name}.pem`, pemOf(holder))
  peer.write(`${name}.key`, await keyPemOf(holder))
}

/** What openssl sees in a CMS file. */
export const printedCms = (peer: Bench, name: string): string =>
  peer.run('openssl', 'cms', '-cmsout', '-print', '-noout', '-inform', 'DER', '-in', name).text

/** Verifies what is in memory, and keeps the content that was inside. */
export async function verified(
  signed: Uint8Array,
  options: VerifyOptions,
  size?: number,
): Promise<VerifiedContent & { readonly written: Uint8Array }> {
  const parts: Uint8Array[] = []
  const write = async (bytes: Uint8Array): Promise<void> => void parts.push(bytes.slice())
  return { ...(await verifyContent(inParts(signed, size), options, { write })), written: concat(...parts) }
}

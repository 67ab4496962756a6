// Sealing and opening in one piece, for tests, and people who receive.

import { certify, type Holder, NOW, named } from '@scel/testkit/authority'
import { collect, inParts } from '@scel/testkit/scenes'
import type { KeySpec } from '../src/algorithms/index.ts'
import { concat } from '../src/bytes/index.ts'
import type { DecryptionKey, Opened, OpenOptions, Recipient, SealOptions } from '../src/cms/index.ts'
import { openContent, sealContent } from '../src/cms/index.ts'
import type { KeyUsageBit } from '../src/x509/index.ts'
import { makeExtension } from '../src/x509/index.ts'

export { collect, inParts } from '@scel/testkit/scenes'

export const seal = async (content: Uint8Array, options: Partial<SealOptions>): Promise<Uint8Array> =>
  collect(sealContent(inParts(content), { recipients: [], at: NOW, ...options }))

export interface OpenedBytes extends Opened {
  readonly content: Uint8Array
}

/** What came, when it may be believed. */
export async function open(sealed: Uint8Array, options: OpenOptions, size?: number): Promise<OpenedBytes> {
  const parts: Uint8Array[] = []
  const write = async (bytes: Uint8Array): Promise<void> => void parts.push(bytes.slice())
  const opened = await openContent(inParts(sealed, size), options, { write })
  return { ...opened, content: concat(...parts) }
}

/** A certificate that content can be sealed for, self-signed where its key can sign. */
export async function receiver(spec: KeySpec, name: string = spec, usage?: readonly KeyUsageBit[]): Promise<Holder> {
  const agrees = /^(ec|x)/.test(spec)
  const bits = usage ?? [agrees ? 'keyAgreement' : 'keyEncipherment']
  return certify({ name: named(name), issuer: await authority(), spec, extensions: [makeExtension('keyUsage', bits)] })
}

let once: Promise<Holder> | undefined
const authority = (): Promise<Holder> => (once ??= certify({ name: named('Receivers') }))

export const keyOf = ({ certificate, keys }: Holder): DecryptionKey => ({ certificate, key: keys.privateKey })

export const to = (
  { certificate }: Pick<Holder, 'certificate'>,
  keyTransport: 'OAEP' | 'PKCS1-v1.5' = 'OAEP',
): Recipient => ({
  kind: 'certificate',
  certificate,
  keyTransport,
})

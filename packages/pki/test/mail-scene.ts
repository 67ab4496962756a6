// People who write mails to each other, for tests.

import { authorityExtensions, certify, type Holder, NOW, named } from '@scel/testkit/authority'
import type { Bench } from '@scel/testkit/peers'
import type { KeySpec } from '../src/algorithms/index.ts'
import { utf8 } from '../src/bytes/index.ts'
import type { MailDraft, ReadMailOptions, SealMailOptions } from '../src/smime/index.ts'
import { framed } from '../src/smime/writing/frame.ts'
import { smimeEntity } from '../src/smime/writing/sign-mail.ts'
import { makeExtension } from '../src/x509/index.ts'
import { keyOf } from './sealing.ts'
import { deposit } from './signing-scene.ts'

const authority: Holder = await certify({ name: named('Mail'), extensions: authorityExtensions() })

/** Somebody with a certificate of this address, for signing and for receiving. */
const correspondent = (address: string, spec: KeySpec = 'ec-p256'): Promise<Holder> =>
  certify({
    name: named(address),
    issuer: authority,
    spec,
    extensions: [
      makeExtension('keyUsage', ['digitalSignature', spec.startsWith('rsa') ? 'keyEncipherment' : 'keyAgreement']),
      makeExtension('extendedKeyUsage', ['emailProtection']),
      makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: address }]),
    ],
  })

export const ana: Holder = await correspondent('ana@example.org')
export const bob: Holder = await correspondent('bob@example.org', 'rsa-2048')
export const mallory: Holder = await correspondent('mallory@example.org')

export const sealedFor = (...people: readonly Holder[]): Pick<SealMailOptions, 'at' | 'recipients'> => ({
  at: NOW,
  recipients: people.map(({ certificate }) => ({ kind: 'certificate', certificate })),
})

export const draft: MailDraft = Object.freeze({
  from: { name: 'Ana', address: 'ana@example.org' },
  to: [{ name: 'Bob', address: 'bob@example.org' }],
  subject: 'Réunion – the secret plan',
  date: NOW,
  text: 'Bonjour,\n\nFrom here to there = 100 €.\n',
})

export const reading: ReadMailOptions = Object.freeze({
  keys: [keyOf(bob)],
  anchors: [authority.certificate],
  at: NOW,
  revocation: 'not-asked',
})

/** Writes the authority, `ca`, and people, with their keys, as files for programs. */
export async function writePeople(on: Bench, ...people: readonly [string, Holder][]): Promise<void> {
  for (const [name, holder] of [['ca', authority] as const, ...people]) await deposit(on, name, holder)
}

/** A mail around CMS of any kind. */
export function mailAround(cms: Uint8Array, ...fields: readonly string[]): Uint8Array {
  const { structure, body } = smimeEntity('application/pkcs7-mime', 'smime.p7m', cms)
  const outside = fields.map((field) => ({ name: field.split(': ')[0]!, value: field.slice(field.indexOf(': ') + 2) }))
  return framed(outside, structure, body)
}

/** A mail as somebody may have typed it. */
export const typed = (...lines: readonly string[]): Uint8Array => utf8(lines.join('\r\n'))

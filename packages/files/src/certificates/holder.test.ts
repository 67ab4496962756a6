import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildName, type Certificate, type GeneralName, makeExtension } from '@scel/pki/x509'
import { addressesOf, calledBy } from './index.ts'

/** What these functions look at of a certificate. */
const certificate = (commonName: string, names: readonly GeneralName[], email?: string): Certificate =>
  ({
    subject: buildName([
      { type: 'commonName', value: commonName },
      ...(email ? [{ type: 'emailAddress', value: email } as const] : []),
    ]),
    extensions: names.length > 0 ? [makeExtension('subjectAltName', names)] : [],
  }) as unknown as Certificate

const mail = (value: string): GeneralName => ({ kind: 'rfc822Name', value })

test('addresses of subjectAltName count, and those of the subject only where there are none', () => {
  assert.deepEqual(addressesOf(certificate('Ana', [mail('a@example.org')], 'b@example.org')), ['a@example.org'])
  assert.deepEqual(addressesOf(certificate('Ana', [], 'b@example.org')), ['b@example.org'])
})

test('people say the common name, else the organisation', () => {
  assert.equal(calledBy(buildName([{ type: 'organizationName', value: 'Mairie' }])), 'Mairie')
})

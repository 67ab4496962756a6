import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pemEncode } from '@scel/pki/bytes'
import { isPkiError, PkiError } from '@scel/pki/errors'
import { makeExtension } from '@scel/pki/x509'
import { authorityExtensions, certify, NOW } from '@scel/testkit/authority'
import type { DeskRecord } from '../state/desk-record.ts'
import { probe } from './probe.ts'
import type { ProbeInput } from './steps.ts'

test('a key that is elsewhere and did not sign is what failed, not the server, which saw a handshake that ended', async () => {
  const issuer = await certify({ name: 'CN=CA', serial: '01', extensions: authorityExtensions() })
  const root = pemEncode('CERTIFICATE', issuer.certificate.der)
  const nowhere = 'https://127.0.0.1:1'
  const record = {
    desk: { services: { mutual: nowhere, public: nowhere, portal: nowhere } },
    roots: { environment: root, desk: root, tls: root },
  } as unknown as DeskRecord
  for (const purpose of ['clientAuth', 'serverAuth'] as const) {
    const extensions = [makeExtension('extendedKeyUsage', [purpose])]
    const { certificate } = await certify({ name: 'CN=localhost', serial: '02', issuer, extensions })
    const identity = { certificate: certificate.der, chain: [issuer.certificate.der], place: 'pkcs11:token=Card' }
    const failure = (): PkiError => new PkiError('key_unavailable', { where: 'Card', why: 'slow' })
    const report = await probe({
      ...{ record, identity: identity as unknown as ProbeInput['identity'] },
      store: { tls: async () => ({ cert: pemEncode('CERTIFICATE', certificate.der), failure }) } as never,
      language: 'en',
      signal: new AbortController().signal,
      now: () => NOW,
    })
    const last = report.steps.at(-1)
    assert.deepEqual([report.verdict, last?.result], ['key_unavailable', 'failed'], purpose)
    assert.deepEqual(last && 'why' in last && isPkiError(last.why) && last.why.facts, { where: 'Card', why: 'slow' })
  }
})

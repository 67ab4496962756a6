import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromUtf8, utf8 } from '@scel/pki/bytes'
import {
  type ApplicantCall,
  applicantSignedBytes,
  formatApplicantHeader,
  parseApplicantHeader,
} from './applicant-signature.ts'

const call: ApplicantCall = {
  desk: 'desk-1',
  request: 7,
  method: 'POST',
  path: '/api/enrolment/requests/7/cancel',
  body: utf8('{}'),
  nonce: 'n'.repeat(40),
}

test('what is signed names desk, request, method, path, body and nonce, each on its line', async () => {
  assert.deepEqual(fromUtf8(await applicantSignedBytes(call)).split('\n'), [
    'scel-applicant-v1',
    'desk-1',
    '7',
    'POST',
    '/api/enrolment/requests/7/cancel',
    '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a', // SHA-256 of {}
    'n'.repeat(40),
  ])
})

test('a change of any part changes what is signed', async () => {
  const before = fromUtf8(await applicantSignedBytes(call))
  const { request: _, ...withoutRequest } = call
  const others: ApplicantCall[] = [
    withoutRequest,
    { ...call, desk: 'desk-2' },
    { ...call, request: 8 },
    { ...call, method: 'GET' },
    { ...call, path: '/api/enrolment/requests/7/confirm' },
    { ...call, body: utf8('{ }') },
    { ...call, nonce: 'm'.repeat(40) },
  ]
  for (const other of others) assert.notEqual(fromUtf8(await applicantSignedBytes(other)), before)
})

test('the header is read back as it was written, and other forms are not read at all', () => {
  const proof = { key: new Uint8Array(91).fill(3), nonce: 'a'.repeat(43), signature: new Uint8Array(71).fill(9) }
  assert.deepEqual(parseApplicantHeader(formatApplicantHeader(proof)), proof)
  const text = formatApplicantHeader(proof)
  for (const other of [
    '',
    `v2 ${text.slice(3)}`,
    `${text} `,
    text.replace('nonce', 'Nonce'),
    `${text}, x=1`,
    text.replace(', ', ','),
  ]) {
    assert.equal(parseApplicantHeader(other), undefined, other)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sample } from '../../test/sample.ts'
import { signingScene } from '../../test/signing-scene.ts'
import { utf8 } from '../bytes/index.ts'
import type { TimeStampQuestion, TimeStampResponse } from './index.ts'
import {
  answerTo,
  buildTimeStampResponse,
  buildTimeStampToken,
  imprintOf,
  newQuestion,
  parseTimeStampRequest,
  parseTimeStampResponse,
} from './index.ts'

const scene = await signingScene()
const tsa = await scene.service()
const trust = { anchors: [scene.root.certificate], at: sample.at, revocation: 'not-asked' } as const
const imprint = await imprintOf(utf8('It is hereby agreed.'))

/** What the service answers to a question. */
async function answered({ request }: Pick<TimeStampQuestion, 'request'>): Promise<TimeStampResponse> {
  const { imprint, nonce } = parseTimeStampRequest(request)
  const token = await buildTimeStampToken({
    tst: { policy: '1.2.3', imprint, serial: Uint8Array.of(7), genTime: sample.at, ...(nonce ? { nonce } : {}) },
    certificate: tsa.certificate,
    key: tsa.keys.privateKey,
    chain: [],
  })
  return parseTimeStampResponse(buildTimeStampResponse({ status: 'granted', token }))
}

test('a question is answered by its own answer: the moment is proved, and the token is handed out', async () => {
  const question = newQuestion(imprint)
  const { token, stamp } = await answerTo(question, await answered(question), trust)
  assert.ok(token.length > 0)
  assert.equal(stamp.at.getTime(), sample.at.getTime())
})

test('no two questions are alike, each wants the certificate, and no number has its highest bit set', () => {
  const questions = Array.from({ length: 64 }, () => newQuestion(imprint))
  assert.equal(new Set(questions.map(({ nonce }) => nonce)).size, 64)
  for (const { request, nonce } of questions) {
    const { wantsCertificate, nonce: sent } = parseTimeStampRequest(request)
    assert.deepEqual([wantsCertificate, sent, nonce < 1n << 63n], [true, nonce, true])
  }
})

test('replay: the answer to another question, of the same content or of another, is refused', async () => {
  const question = newQuestion(imprint)
  const [same, other] = [newQuestion(imprint), newQuestion(await imprintOf(utf8('another text')))]
  for (const one of [same, other]) {
    await assert.rejects(answerTo(question, await answered(one), trust), { code: 'time_stamp_malformed' })
  }
  await assert.rejects(answerTo(question, await answered(question), { ...trust, anchors: [] }))
})

import type { Voice } from '../ui/voice.ts'
import { optionalPair, type Pair } from './common.ts'
import type { CertIdFacts, OcspAnswerFacts, OcspRequestFacts, OcspResponseFacts } from './ocsp.ts'

export const ocspRequestPairs = ({ certificates, nonce }: OcspRequestFacts, voice: Voice): Pair[] => [
  ...certificates.map((one): Pair => [voice.text('label_questions'), certIdText(one, voice)]),
  ...optionalPair(voice.text('label_nonce'), nonce),
]

export const ocspResponsePairs = (facts: OcspResponseFacts, voice: Voice): Pair[] => [
  [voice.text('label_status'), facts.status],
  ...optionalPair(voice.text('label_responder'), facts.responder),
  ...optionalPair(voice.text('label_produced'), facts.producedAt && voice.instant(facts.producedAt)),
  ...facts.answers.map((one): Pair => [voice.text('label_answer'), answerText(one, voice)]),
  ...optionalPair(voice.text('label_nonce'), facts.nonce),
  ...optionalPair(voice.text('label_signature'), facts.signatureAlgorithm),
  ...optionalPair(voice.text('label_certificates'), facts.certificates > 0 ? String(facts.certificates) : undefined),
]

const certIdText = ({ serial, issuerNameHash, issuerKeyHash, hash }: CertIdFacts, voice: Voice): string =>
  voice.text('ocsp_certificate', { serial, name: issuerNameHash, key: issuerKeyHash, hash })

function answerText(answer: OcspAnswerFacts, voice: Voice): string {
  const { serial, status, revokedAt, reason = '', thisUpdate, nextUpdate } = answer
  const said =
    status === 'revoked'
      ? voice.text('ocsp_revoked', { serial, at: voice.instant(revokedAt ?? thisUpdate), reason })
      : voice.text(status === 'good' ? 'ocsp_good' : 'ocsp_unknown', { serial })
  const from = voice.instant(thisUpdate)
  const when = nextUpdate
    ? voice.text('ocsp_until', { from, until: voice.instant(nextUpdate) })
    : voice.text('ocsp_from', { from })
  return `${said}\n${when}`
}

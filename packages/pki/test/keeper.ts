// A thread that keeps private keys as a token does: it takes them once, never gives them back, and computes with Node's own
// functions, none of this library's.

import {
  constants,
  createPrivateKey,
  createPublicKey,
  decapsulate,
  diffieHellman,
  type KeyObject,
  privateDecrypt,
  sign,
} from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import type { SignatureAlgorithm } from '../src/algorithms/index.ts'
import type { RsaEncryption } from '../src/crypto/index.ts'

/** What the keeper is asked; the answer carries the same number. */
export type Question = { readonly number: number; readonly key: string } & (
  | { readonly ask: 'keep'; readonly pkcs8: Uint8Array }
  | { readonly ask: 'sign'; readonly message: Uint8Array; readonly algorithm: SignatureAlgorithm }
  | { readonly ask: 'decrypt'; readonly encrypted: Uint8Array; readonly how: RsaEncryption }
  | { readonly ask: 'agree'; readonly peer: Uint8Array }
  | { readonly ask: 'decapsulate'; readonly ciphertext: Uint8Array }
)
export type Answer = { readonly number: number } & ({ readonly bytes: Uint8Array } | { readonly failed: string })

const kept = new Map<string, KeyObject>()

function answer(question: Question): Uint8Array {
  if (question.ask === 'keep') {
    kept.set(question.key, createPrivateKey({ key: Buffer.from(question.pkcs8), format: 'der', type: 'pkcs8' }))
    return new Uint8Array()
  }
  const key = kept.get(question.key)!
  switch (question.ask) {
    case 'sign': {
      const { digest, pss } = question.algorithm
      const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss?.saltLength ?? 0 }
      return sign(digest ?? null, question.message, pss ? { key, ...padding } : key)
    }
    case 'decrypt': {
      const { how, encrypted } = question
      if (how.scheme !== 'OAEP') return privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, encrypted)
      // Node has one word for both digests: what was sealed with two, this keeper does not open.
      if (how.mgfDigest !== how.digest) throw new Error(`MGF1 with ${how.mgfDigest}`)
      const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: how.digest }
      return privateDecrypt({ key, ...oaep, ...(how.label && { oaepLabel: how.label }) }, encrypted)
    }
    case 'agree': {
      const publicKey = createPublicKey({ key: Buffer.from(question.peer), format: 'der', type: 'spki' })
      return diffieHellman({ privateKey: key, publicKey })
    }
    case 'decapsulate':
      return decapsulate(key, question.ciphertext)
  }
}

parentPort?.on('message', (question: Question) => {
  const { number } = question
  let told: Answer
  try {
    told = { number, bytes: new Uint8Array(answer(question)) }
  } catch (error) {
    told = { number, failed: String(error) }
  }
  parentPort?.postMessage(told)
})

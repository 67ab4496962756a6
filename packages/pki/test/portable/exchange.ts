// Signatures that one platform makes and another judges, as plain JSON.

import type { KeySpec } from '../../src/algorithms/index.ts'
import { readPublicKey, SIGNATURES, signatureByName, signatureFits } from '../../src/algorithms/index.ts'
import { fromHex, toHex, utf8 } from '../../src/bytes/index.ts'
import { generateKeyPair, sign, verify } from '../../src/crypto/index.ts'
import { isPkiError } from '../../src/errors/index.ts'

/** By algorithm and key: SubjectPublicKeyInfo and signature, hexadecimal. */
export type Offer = Readonly<Record<string, readonly [spki: string, signature: string]>>

const DATA = utf8('from one platform to the other')

/** A signature by each algorithm of each of these kinds of key; what this platform lacks is left out. */
export async function exchangeOffer(specs: readonly KeySpec[]): Promise<Offer> {
  const offer: Record<string, readonly [string, string]> = {}
  for (const spec of specs) {
    const pair = await unlessLacking(() => generateKeyPair(spec))
    if (typeof pair === 'string') continue
    const facts = readPublicKey(pair.publicKey)
    for (const row of SIGNATURES.filter((one) => signatureFits(one, facts))) {
      const signature = await unlessLacking(() => sign(pair.privateKey, DATA, row))
      if (typeof signature !== 'string') offer[`${row.name} by ${spec}`] = [toHex(pair.publicKey), toHex(signature)]
    }
  }
  return offer
}

/** For each signature whether it verifies over the data and over other data, or the code of the refusal. */
export async function exchangeVerdict(offer: Offer): Promise<Record<string, string>> {
  const verdicts: Record<string, string> = {}
  for (const [name, [spki, signature]] of Object.entries(offer)) {
    const row = signatureByName(name.split(' by ')[0] as Parameters<typeof signatureByName>[0])
    const heard = await unlessLacking(async () => {
      const right = await verify(row, fromHex(spki), DATA, fromHex(signature))
      return [right, await verify(row, fromHex(spki), utf8('other'), fromHex(signature))]
    })
    verdicts[name] = typeof heard === 'string' ? heard : heard.join(', ')
  }
  return verdicts
}

async function unlessLacking<T>(work: () => Promise<T>): Promise<T | 'algorithm_unsupported'> {
  try {
    return await work()
  } catch (error) {
    if (isPkiError(error) && error.code === 'algorithm_unsupported') return error.code
    throw error
  }
}

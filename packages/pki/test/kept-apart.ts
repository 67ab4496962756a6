import { Worker } from 'node:worker_threads'
import type { AnyPrivateKey, Key } from '../src/crypto/index.ts'
import { exportPrivateKey, keyElsewhere } from '../src/crypto/index.ts'
import type { Answer, Question } from './keeper.ts'

/** A key in another thread, see keeper.ts. */
export interface KeptApart {
  readonly key: Key
  /** What the keeper was asked, in turn: the verb, and how. */
  readonly asked: readonly string[]
}

/** The same key, its private half with a keeper that never gives it back. */
export async function keptApart(privateKey: AnyPrivateKey): Promise<KeptApart> {
  const name = crypto.randomUUID()
  const asked: string[] = []
  await ask({ ask: 'keep', key: name, pkcs8: await exportPrivateKey(privateKey) })
  const key = keyElsewhere(privateKey.publicKey, {
    sign: (message, algorithm) => {
      asked.push(`sign ${algorithm.name}`)
      return ask({ ask: 'sign', key: name, message, algorithm })
    },
    decrypt: (encrypted, how) => {
      asked.push(`decrypt ${how.scheme}`)
      return ask({ ask: 'decrypt', key: name, encrypted, how })
    },
    agree: (peer) => {
      asked.push('agree')
      return ask({ ask: 'agree', key: name, peer })
    },
    decapsulate: (ciphertext) => {
      asked.push('decapsulate')
      return ask({ ask: 'decapsulate', key: name, ciphertext })
    },
  })
  return { key, asked }
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'number'> : never

let keeper: Worker | undefined
let last = 0
const waiting = new Map<number, (answer: Answer) => void>()

async function ask(question: Unnumbered<Question>): Promise<Uint8Array> {
  keeper ??= hire()
  const number = ++last
  const answer = await new Promise<Answer>((resolve) => {
    waiting.set(number, resolve)
    keeper!.ref() // the answer is waited for
    keeper!.postMessage({ ...question, number })
  })
  if ('failed' in answer) throw new Error(answer.failed)
  return answer.bytes
}

function hire(): Worker {
  const worker = new Worker(new URL('./keeper.ts', import.meta.url))
  worker.on('message', (answer: Answer) => {
    waiting.get(answer.number)!(answer)
    waiting.delete(answer.number)
    if (waiting.size === 0) worker.unref()
  })
  return worker
}
